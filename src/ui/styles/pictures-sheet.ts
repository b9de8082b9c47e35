import { css } from 'lit';

/** A name for pictures. */
export const picturesSheetStyles = css`
  .hint {
    padding-block-start: 10px;
    color: var(--muted);
    font-size: 0.875rem;
  }

  form {
    display: grid;
    gap: 12px;
  }

  label {
    font-weight: 600;
  }

  input {
    min-block-size: 3rem;
    padding: 8px 14px;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
  }
`;
