import { css } from 'lit';

/** The control bar: along the bottom, or down the side on a phone held sideways. */
export const toolbarStyles = css`
  [role='toolbar'] {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
  }

  .item {
    flex: 1 1 0;
    flex-direction: column;
    gap: 2px;
    min-inline-size: 3rem;
    max-inline-size: 5.5rem;
    min-block-size: 3.75rem;
    padding: 4px 2px;
    border-radius: var(--radius-small);
    background: transparent;
    font-weight: 500;
  }

  .caption {
    font-size: 0.75rem;
    line-height: 1.25;
    color: var(--muted);
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .face {
    display: grid;
    place-items: center;
    inline-size: 3.25rem;
    block-size: 2.5rem;
    border-radius: 999px;
    transition: background-color var(--quick);
  }

  .item[aria-pressed='true'] .face,
  .item[aria-expanded='true'] .face {
    background: var(--accent-wash);
    color: var(--accent);
  }

  .item[aria-pressed='true'] .caption,
  .item[aria-expanded='true'] .caption {
    color: var(--text);
  }

  .main .face {
    inline-size: 4rem;
    background: var(--accent);
    color: var(--on-accent);
  }

  @media (hover: hover) {
    button.item:hover:enabled {
      background: transparent;
    }

    .item:hover:enabled .face {
      background: var(--raised);
    }

    .main:hover:enabled .face {
      background: var(--accent-strong);
    }
  }

  /* Seven buttons beside each other. */
  @media (max-width: 30rem) {
    .main .face {
      inline-size: 3.25rem;
    }
  }

  /* The narrowest phones. */
  @media (max-width: 22.99rem) {
    [role='toolbar'] {
      /* Seven buttons of at least 44 pixels. */
      margin-inline: -6px;
      gap: 0;
    }

    .item {
      min-inline-size: 0;
    }

    .face,
    .main .face {
      inline-size: 100%;
    }
  }

  @media (max-width: 47.99rem), (max-height: 30rem) {
    .wide {
      display: none;
    }
  }

  @media (min-width: 48rem) and (min-height: 30.01rem) {
    .narrow {
      display: none;
    }

    .item {
      flex: 0 1 5.25rem;
    }
  }

  @media (max-height: 30rem) and (orientation: landscape) {
    [role='toolbar'] {
      flex-direction: column;
      gap: 0;
      block-size: 100%;
      overflow-y: auto;
      justify-content: space-evenly;
    }

    .item {
      flex: 0 1 auto;
      inline-size: 4.75rem;
      min-block-size: 3.25rem;
    }
  }

  @media (forced-colors: active) {
    .main .face {
      border: 1px solid ButtonText;
    }
  }
`;
