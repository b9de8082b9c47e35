/** Faults of tables that are to be learnt from. */
export const LEARN_ERRORS = {
  'table-unreadable': {
    title: 'This file is no table',
    text: 'Choose a CSV file: a line for each row, its values apart by commas, semicolons or tabs.',
    action: 'Choose another file',
  },
  'table-useless': {
    title: 'There is nothing to foretell in this table',
    text: 'It needs a column with a few values to foretell, other columns to foretell it from, and at least 20 complete rows.',
    action: 'Choose another file',
  },
} as const;
