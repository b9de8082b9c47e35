import { css } from 'lit';

/** The Teach panel: never more than half of a phone, so that the picture stays the hero. */
export const teachPanelStyles = css`
  :host {
    display: block;
    min-block-size: 0;
  }

  section {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    /* The picture does not jump when the panel turns to another page. */
    min-block-size: min(19rem, 44dvh);
    max-block-size: 54dvh;
    border-block-start: 1px solid var(--line);
    border-radius: 1.25rem 1.25rem 0 0;
    background: var(--surface);
    padding-inline: var(--safe-left) var(--safe-right);
  }

  /* As high before a box is there as after: the picture stays where it is under the finger. */
  .steady {
    min-block-size: min(23rem, 54dvh);
    max-block-size: min(23rem, 54dvh);
  }

  header {
    display: flex;
    align-items: center;
    gap: 2px;
    padding: 6px 6px 2px;
  }

  h2 {
    flex: 1;
    min-inline-size: 0;
    padding-inline-start: 10px;
    font-size: 1.125rem;
    line-height: 1.3;
    letter-spacing: -0.005em;
  }

  header button + h2 {
    padding-inline-start: 4px;
  }

  /* Has the focus after a change of page, so that it is read out; it is nothing to press. */
  h2:focus-visible {
    outline: none;
  }

  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 10px;
    flex: 1 1 auto;
    min-block-size: 0;
    padding: 6px 1rem 8px;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }

  .body > * {
    min-inline-size: 0;
  }

  /* Seen at once, however much there is above it. */
  sightline-notice {
    position: sticky;
    inset-block-end: 0;
    z-index: 1;
  }

  .foot {
    padding: 4px 1rem calc(12px + var(--safe-bottom));
  }

  .foot:empty {
    padding-block-start: 0;
  }

  p {
    color: var(--muted);
    font-size: 0.9375rem;
  }

  .adjust {
    display: flex;
    align-items: center;
    gap: 4px;
  }

  .adjust p {
    flex: 1;
  }

  .adjust button {
    padding-inline: 12px;
    color: var(--accent);
  }

  p:empty {
    display: none;
  }

  .keys {
    font-size: 0.8125rem;
  }

  /* Keys mean nothing where there is no keyboard. */
  @media (hover: none) and (pointer: coarse) {
    .keys {
      display: none;
    }
  }

  .problem {
    display: flex;
    align-items: start;
    gap: 10px;
    padding: 10px 4px 10px 12px;
    border-radius: 14px;
    background: var(--danger-wash);
  }

  .problem > svg {
    color: var(--danger);
  }

  .problem p {
    flex: 1;
    color: var(--text);
  }

  .problem b {
    display: block;
  }

  .problem button {
    margin-block: -8px;
  }

  /* Beside the picture, the panel is a column of its own. */
  @media (min-width: 60rem), (max-height: 30rem) and (orientation: landscape) {
    section,
    .steady {
      min-block-size: 0;
      max-block-size: none;
      border-block-start: 0;
      border-inline-start: 1px solid var(--line);
      border-radius: 0;
      padding-block-start: var(--safe-top);
    }

    .foot {
      border-block-start: 1px solid var(--line);
      padding-block-start: 12px;
    }

    .foot:empty {
      border: 0;
    }
  }
`;
