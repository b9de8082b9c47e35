import { css } from 'lit';

/** Ways out and in. */
export const filesSheetStyles = css`
  section + section {
    margin-block-start: 1.25rem;
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--line);
  }

  h3 {
    padding-block-end: 4px;
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 600;
  }

  p {
    color: var(--muted);
    font-size: 0.9375rem;
  }

  .format {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
  }

  .choice {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding-block-start: 10px;
  }

  button.danger {
    background: var(--text);
    color: var(--surface);
  }
`;
