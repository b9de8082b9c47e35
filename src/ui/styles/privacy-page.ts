import { css } from 'lit';

/** The page on which it is chosen how pictures are altered. */
export const privacyPageStyles = css`
  .choice {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: var(--target);
    padding-block: 2px;
    cursor: pointer;
  }

  .choice small {
    display: block;
    color: var(--muted);
    font-size: 0.8125rem;
  }

  input[type='radio'] {
    flex: none;
    inline-size: 1.375rem;
    block-size: 1.375rem;
    min-block-size: 0;
    margin: 0;
    accent-color: var(--accent);
  }
`;
