/** How one thing is called, and several of it. */
export type LabelForms = readonly [one: string, many: string];
