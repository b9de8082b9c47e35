import { css } from 'lit';

/** The detector: a picture, boxes exactly over it, and whatever the page lays on top. */
export const detectorStyles = css`
  :host {
    display: block;
    position: relative;
    overflow: hidden;
    min-block-size: 8rem;
    background: var(--sightline-background, #07090c);
    contain: content;
  }

  :host([hidden]) {
    display: none;
  }

  .picture,
  .picture > *,
  canvas.overlay {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }

  .picture > * {
    display: block;
    object-fit: contain;
  }

  .picture.cover > * {
    object-fit: cover;
  }

  .picture.mirrored {
    transform: scaleX(-1);
  }

  canvas.overlay {
    pointer-events: none;
    font-family: var(
      --sightline-tag-font,
      system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      sans-serif
    );
  }

  /* Slots are boxes here, so that what is laid over the picture can fill it. */
  .content {
    display: block;
    position: absolute;
    inset: 0;
    pointer-events: none;
  }

  .content[hidden] {
    display: none;
  }

  .content::slotted(*) {
    pointer-events: auto;
  }

  .announcements {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
