import { css } from 'lit';

/** The sheet about the app on this device. */
export const appSheetStyles = css`
  section {
    display: grid;
    justify-items: start;
    gap: 10px;
  }

  section + section {
    margin-block-start: 1.25rem;
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--line);
  }

  h3 {
    font-size: 1rem;
  }

  p {
    line-height: 1.45;
  }

  section > p,
  dt {
    color: var(--muted);
  }

  section > div {
    inline-size: 100%;
  }

  dl {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 6px 1rem;
    inline-size: 100%;
    margin: 0;
  }

  dd {
    margin: 0;
    text-align: end;
  }

  .progress {
    display: grid;
    grid-template-columns: 1fr auto auto;
    align-items: center;
    gap: 12px;
  }

  .progress label {
    display: grid;
    gap: 6px;
  }

  .verdict {
    display: grid;
    gap: 6px;
    padding: 12px 14px;
    border-radius: 14px;
    background: var(--raised);
    overflow-wrap: anywhere;
  }

  .verdict h4 {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 0;
    font-size: 1rem;
  }

  .verdict.good h4 {
    color: var(--accent);
  }

  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }

  button.danger {
    background: var(--text);
    color: var(--surface);
  }

  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 8px 1rem;
    margin-block-start: 1.25rem;
    color: var(--muted);
    font-size: 0.875rem;
  }

  a {
    color: var(--accent);
  }
`;
