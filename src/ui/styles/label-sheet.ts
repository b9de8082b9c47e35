import { css } from 'lit';

/** The label filter: a search field that stays, a list that scrolls. */
export const labelSheetStyles = css`
  .head {
    padding: 0 1.25rem 4px;
    border-block-end: 1px solid var(--line);
  }

  .search {
    position: relative;
  }

  .search svg {
    position: absolute;
    inset-block: 0;
    inset-inline-start: 12px;
    block-size: 100%;
    inline-size: 1.25rem;
    color: var(--muted);
    pointer-events: none;
  }

  .search input {
    inline-size: 100%;
    min-block-size: var(--target);
    padding: 8px 12px 8px 2.625rem;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
    appearance: none;
  }

  .search input::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  .summary {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: var(--gap);
    color: var(--muted);
    font-size: 0.875rem;
  }

  .all {
    margin-inline-end: -12px;
    padding-inline: 12px;
    color: var(--accent);
    font-size: 0.875rem;
  }

  .all:disabled {
    visibility: hidden;
  }

  ul {
    display: grid;
    margin: 0 -8px;
    padding: 6px 0 0;
    list-style: none;
  }

  label {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: var(--target);
    padding: 4px 8px;
    border-radius: 10px;
    cursor: pointer;
  }

  @media (hover: hover) {
    label:hover {
      background: var(--raised);
    }
  }

  label:has(:focus-visible) {
    outline: 3px solid var(--accent-strong);
    outline-offset: -3px;
  }

  input[type='checkbox'] {
    inline-size: 1.375rem;
    block-size: 1.375rem;
    flex: none;
    margin: 0;
    accent-color: var(--accent);
    cursor: inherit;
    outline: none;
  }

  .count {
    min-inline-size: 1.75rem;
    margin-inline-start: auto;
    padding: 2px 8px;
    border-radius: 999px;
    background: var(--accent-wash);
    color: var(--accent);
    font-size: 0.8125rem;
    font-weight: 700;
    text-align: center;
  }

  .empty {
    padding: 1.5rem 0 12px;
    color: var(--muted);
    text-align: center;
  }
`;
