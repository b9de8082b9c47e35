import { css } from 'lit';

/** The verdict first and large; figures below it, for who scrolls. */
export const qualitySheetStyles = css`
  section {
    display: grid;
    gap: 8px;
    min-inline-size: 0;
  }

  section + section {
    margin-block-start: 1.5rem;
  }

  sightline-notice {
    position: sticky;
    inset-block-end: 0;
    margin-block-start: 12px;
  }

  h3 {
    font-size: 0.9375rem;
  }

  p,
  .muted {
    color: var(--muted);
    font-size: 0.9375rem;
  }

  .verdict {
    padding: 14px 16px;
    border-radius: 16px;
    background: var(--raised);
  }

  .headline {
    color: var(--text);
    font-size: 1.375rem;
    font-weight: 700;
    line-height: 1.25;
    letter-spacing: -0.01em;
  }

  .warn {
    color: var(--text);
    font-weight: 600;
  }

  .hints {
    display: grid;
    gap: 6px;
    margin: 0;
    padding-inline-start: 1.2em;
  }

  .mistakes,
  .heads {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .mistakes li {
    display: grid;
    grid-template-columns: 4.5rem minmax(0, 1fr) auto;
    gap: 12px;
  }

  .mistakes p {
    color: var(--text);
  }

  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding-block-start: 6px;
  }

  .choice button:not(.icon) {
    padding-inline: 14px;
    font-size: 0.875rem;
  }

  .heads li {
    display: flex;
    align-items: center;
    gap: 8px;
  }

  .heads .muted {
    display: none;
  }

  .heads label {
    flex: 1;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    align-items: center;
    gap: 12px;
    min-block-size: var(--target);
    cursor: pointer;
  }

  .heads b,
  .heads small {
    display: block;
    overflow-wrap: anywhere;
  }

  small {
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 400;
  }

  input[type='checkbox'] {
    inline-size: 1.375rem;
    block-size: 1.375rem;
    margin: 0;
    accent-color: var(--accent);
  }

  .scroll {
    overflow-x: auto;
  }

  table {
    border-collapse: separate;
    border-spacing: 3px;
    font-size: 0.875rem;
  }

  th {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  th[scope='row'] {
    padding-inline-end: 8px;
    text-align: start;
  }

  .matrix td {
    min-inline-size: 3rem;
    padding: 10px 8px;
    border-radius: 8px;
    text-align: center;
  }

  .matrix th[scope='col'] {
    max-inline-size: 6rem;
    padding: 0 4px 4px;
    vertical-align: bottom;
  }

  .matrix .corner {
    padding: 0 8px 4px 0;
    color: var(--muted);
    font-size: 0.75rem;
    text-align: start;
    white-space: nowrap;
  }

  .matrix td.right,
  .matrix td.wrong {
    background: var(--raised);
  }

  .right.s1,
  .right.s2 {
    background: color-mix(in srgb, var(--raised), var(--accent) 18%);
  }

  .matrix .right.s3,
  .matrix .right.s4 {
    background: color-mix(in srgb, var(--raised), var(--accent) 32%);
    font-weight: 700;
  }

  .matrix .right.s5 {
    background: color-mix(in srgb, var(--raised), var(--accent) 45%);
    font-weight: 700;
  }

  .matrix .wrong.s1,
  .matrix .wrong.s2 {
    background: color-mix(in srgb, var(--raised), var(--danger) 20%);
  }

  .matrix .wrong.s3,
  .matrix .wrong.s4,
  .matrix .wrong.s5 {
    background: color-mix(in srgb, var(--raised), var(--danger) 40%);
    font-weight: 700;
  }

  .note {
    font-size: 0.8125rem;
  }

  .figures {
    inline-size: 100%;
    table-layout: fixed;
  }

  .figures td,
  .figures th[scope='row'] {
    padding-block: 6px;
    border-block-end: 1px solid color-mix(in srgb, var(--line), transparent 45%);
  }

  .figures thead td {
    border: 0;
  }

  .figures td,
  .figures th[scope='col'] {
    text-align: end;
    vertical-align: bottom;
  }

  .reliability {
    grid-template-columns: minmax(7rem, 10rem) 1fr;
    align-items: center;
    gap: 16px;
  }

  figcaption {
    display: grid;
    gap: 6px;
  }
`;
