import { css } from 'lit';

/** What single chapters of the lessons have. */
export const learnPartStyles = css`
  .device {
    color: var(--danger);
    font-weight: 600;
  }

  .file:focus-within {
    outline: 3px solid var(--accent-strong);
    outline-offset: 2px;
  }

  .data {
    display: grid;
    gap: 5px;
  }

  .empty {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 16px;
    padding: 24px 16px;
    border-radius: var(--radius);
    background: var(--surface);
    text-align: center;
  }

  .uses {
    display: grid;
    gap: 8px;
    align-content: space-evenly;
    flex: 1;
    margin: 0;
    padding: 0;
    list-style: none;
  }

  .uses li {
    display: grid;
    gap: 4px;
    padding: 6px 10px;
    border-radius: var(--radius);
    background: var(--surface);
  }

  .uses h2 {
    display: flex;
    align-items: center;
    gap: 8px;
    font-size: 1rem;
  }

  .alarm {
    padding: 8px 12px;
    border-radius: var(--radius-small);
    background: var(--danger-wash);
    color: var(--danger);
  }
`;
