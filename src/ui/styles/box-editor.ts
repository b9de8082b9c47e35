import { css } from 'lit';

/** A box over a picture, with handles for thumbs. */
export const boxEditorStyles = css`
  :host {
    position: absolute;
    inset: 0;
    display: block;
    overflow: hidden;

    /* On the picture, whatever the scheme. */
    --mark: #3ddbb4;
  }

  .surface {
    position: absolute;
    inset: 0;
    cursor: crosshair;
    touch-action: none;
    -webkit-user-select: none;
    user-select: none;
  }

  .surface:focus-visible {
    outline-offset: -4px;
  }

  .box,
  .handle,
  .proposal {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    min-inline-size: 0;
    min-block-size: 0;
    padding: 0;
    border: 0;
    background: transparent;
  }

  .box {
    outline: 3px solid var(--mark);
    box-shadow:
      0 0 0 5px rgb(0 0 0 / 0.6),
      0 0 0 100vmax rgb(5 7 10 / 0.45);
    cursor: move;
  }

  .box:focus-visible {
    outline: 5px solid var(--mark);
  }

  /* A finger gets 48 points; what is seen is small enough to see what is below. */
  .handle {
    display: grid;
    place-items: center;
    inline-size: 48px;
    block-size: 48px;
    cursor: nwse-resize;
  }

  .handle.rising {
    cursor: nesw-resize;
  }

  .handle::after {
    content: '';
    inline-size: 20px;
    block-size: 20px;
    border: 3px solid #0b1014;
    border-radius: 50%;
    background: var(--mark);
  }

  /* Boxes to choose from: a tap anywhere in one takes it, a drag still draws. */
  .proposal {
    border-radius: 6px;
    outline: 2px dashed #ffffff;
    outline-offset: -1px;
    box-shadow:
      0 0 0 2px rgb(0 0 0 / 0.55),
      inset 0 0 0 2px rgb(0 0 0 / 0.55);
    pointer-events: none;
  }

  .proposal.best {
    outline: 3px solid #ffffff;
  }

  .proposal:focus-visible {
    outline: 4px solid var(--mark);
  }

  .chosen .proposal {
    outline-width: 1px;
    opacity: 0.55;
  }

  @media (forced-colors: active) {
    .box,
    .proposal {
      outline-color: Highlight;
    }

    .handle::after {
      background: Highlight;
    }
  }
`;
