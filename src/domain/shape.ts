/** A value from outside that is not what it should be; says where. */
export class ShapeError extends Error {}

/** Checks a value from outside and gives it its type. @throws ShapeError */
export type Shape<T> = (value: unknown, where: string) => T;

/** Text of a length, and of a pattern if there is one. */
export function text(longest: number, pattern?: RegExp): Shape<string> {
  return (value, where) => {
    const isFine =
      typeof value === 'string' && value.length <= longest && (pattern?.test(value) ?? true);
    if (!isFine) throw new ShapeError(`${where} is no such text`);
    return value;
  };
}

/** A finite number within limits, both included. */
export function number(min: number, max: number, whole = false): Shape<number> {
  return (value, where) => {
    const isFine =
      typeof value === 'number' &&
      value >= min &&
      value <= max &&
      (!whole || Number.isInteger(value));
    if (!isFine) throw new ShapeError(`${where} is no number from ${min} to ${max}`);
    return value;
  };
}

export function oneOf<T extends string>(choices: readonly T[]): Shape<T> {
  return (value, where) => {
    const found = choices.find((choice) => choice === value);
    if (found === undefined) throw new ShapeError(`${where} is not one of ${choices.join(', ')}`);
    return found;
  };
}

export function list<T>(item: Shape<T>, longest: number): Shape<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value) || value.length > longest) {
      throw new ShapeError(`${where} is no list of at most ${longest}`);
    }
    return value.map((entry, index) => item(entry, `${where}[${index}]`));
  };
}

/** An object of known fields; others are dropped. */
export function record<T extends object>(fields: {
  readonly [Name in keyof T]: Shape<T[Name]>;
}): Shape<T> {
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new ShapeError(`${where} is no object`);
    }
    const known: Partial<T> = {};
    for (const name of Object.keys(fields) as (keyof T & string)[]) {
      // Only what the object itself has: nothing is taken from its prototype.
      const own = Object.hasOwn(value, name) ? (value as T)[name] : undefined;
      const parsed = fields[name](own, `${where}.${name}`);
      if (parsed !== undefined) known[name] = parsed;
    }
    return known as T;
  };
}

export const boolean: Shape<boolean> = (value, where) => {
  if (typeof value !== 'boolean') throw new ShapeError(`${where} is neither true nor false`);
  return value;
};

/** A value that may be missing. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, where) => (value === undefined ? undefined : shape(value, where));
}

/** Plain JSON up to a size, taken as it is. */
export function json(longest: number): Shape<unknown> {
  return (value, where) => {
    const written = value === undefined ? undefined : JSON.stringify(value);
    if (written === undefined || written.length > longest) {
      throw new ShapeError(`${where} is no JSON of at most ${longest} characters`);
    }
    return value;
  };
}
