import { css } from 'lit';

/** A card that says what is the matter and what to do. */
export const card = css`
  .card {
    display: grid;
    gap: var(--gap);
    inline-size: min(26rem, 100%);
    min-block-size: 0;
    overflow: hidden auto;
    padding: 1.25rem;
    border: 1px solid var(--line);
    border-radius: 1.25rem;
    background: var(--surface);
    color: var(--text);
    box-shadow: var(--shadow);
  }

  .card h2 {
    font-size: 1.1875rem;
    line-height: 1.3;
    letter-spacing: -0.005em;
  }

  .card p {
    color: var(--muted);
    overflow-wrap: anywhere;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
    padding-block-start: 4px;
  }

  .actions button {
    flex: 1 1 auto;
  }
`;
