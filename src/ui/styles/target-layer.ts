import { css } from 'lit';

/** Buttons exactly over the objects in the picture; the boxes themselves are drawn below them. */
export const targetLayerStyles = css`
  :host {
    position: absolute;
    inset: 0;
    display: block;
    overflow: hidden;
    pointer-events: none;
  }

  button {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    min-inline-size: var(--target);
    min-block-size: var(--target);
    padding: 0;
    border: 0;
    border-radius: 8px;
    background: transparent;
    pointer-events: auto;
  }

  @media (hover: hover) {
    button:hover:enabled {
      background: rgb(255 255 255 / 0.12);
    }
  }

  button:focus-visible {
    outline: 3px solid #ffffff;
    outline-offset: 2px;
    box-shadow: 0 0 0 8px rgb(0 0 0 / 0.6);
  }

  button[aria-pressed='true'] {
    outline: 4px solid var(--mark);
    outline-offset: 2px;
    box-shadow:
      0 0 0 8px rgb(0 0 0 / 0.45),
      0 0 0 100vmax rgb(5 7 10 / 0.35);
  }

  button.lost {
    outline-style: dashed;
  }

  /* A box that is followed; it moves with its frames, never by itself. */
  .carried {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    outline: 4px solid var(--mark);
    box-shadow:
      0 0 0 7px rgb(0 0 0 / 0.5),
      0 0 0 100vmax rgb(5 7 10 / 0.3);
  }

  sightline-box-editor {
    pointer-events: auto;
  }

  :host {
    /* On the picture, whatever the scheme. */
    --mark: #3ddbb4;
  }

  @media (forced-colors: active) {
    button[aria-pressed='true'] {
      outline-color: Highlight;
    }
  }
`;
