import { css } from 'lit';

/** Naming: a field, names to tap, and the button below them, where the thumb is. */
export const namePageStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
  }

  .field {
    display: flex;
    gap: 8px;
  }

  input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: 3rem;
    padding: 8px 14px;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
    font-size: 1.0625rem;
  }

  input::placeholder {
    color: var(--muted);
    opacity: 1;
  }

  .not {
    flex: none;
    min-block-size: 3rem;
    border-radius: 12px;
    color: var(--danger);
  }

  ul {
    display: flex;
    gap: 8px;
    margin: 0 -1rem;
    padding: 3px 1rem;
    overflow-x: auto;
    list-style: none;
    scrollbar-width: none;
  }

  li {
    flex: none;
  }

  .chip {
    max-inline-size: 14rem;
    white-space: nowrap;
  }

  .chip.new {
    border-style: dashed;
  }

  .ways {
    display: flex;
    gap: 10px;
  }

  .ways button {
    flex: 1 1 0;
    min-block-size: 4rem;
    border-radius: 1.25rem;
  }

  .wide {
    inline-size: 100%;
    min-block-size: 4rem;
    border-radius: 1.25rem;
    font-size: 1.125rem;
  }

  .hint {
    min-block-size: 1.25rem;
    color: var(--muted);
    font-size: 0.8125rem;
    text-align: center;
  }

  @media (min-width: 60rem) {
    ul {
      flex-wrap: wrap;
    }
  }
`;
