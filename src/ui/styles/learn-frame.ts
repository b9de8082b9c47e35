import { css } from 'lit';

/** The frame of the lessons: over the whole page, the way on within a thumb's reach. */
export const learnFrameStyles = css`
  :host {
    position: fixed;
    inset: 0;
    z-index: 2;
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    background: var(--ground);
  }

  header,
  nav {
    display: flex;
    align-items: center;
    gap: 4px;
    padding-inline: calc(8px + var(--safe-left)) calc(8px + var(--safe-right));
    background: var(--surface);
  }

  header {
    padding-block: calc(2px + var(--safe-top)) 2px;
  }

  nav {
    padding-block: 4px calc(4px + var(--safe-bottom));
  }

  nav .after {
    margin-inline-start: auto;
  }

  nav .before,
  nav .after {
    min-inline-size: 6.5rem;
  }

  nav .before {
    margin-inline-end: auto;
  }

  .toast {
    position: absolute;
    inset: auto 12px calc(4rem + var(--safe-bottom));
    z-index: 1;
    padding: 10px 14px;
    border-radius: var(--radius);
    background: var(--raised);
    box-shadow: var(--shadow);
  }

  .toast:empty {
    display: none;
  }

  .contents {
    padding-inline: 10px;
    white-space: nowrap;
  }

  .contents::after {
    content: '';
    inline-size: 7px;
    block-size: 7px;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: translateY(-2px) rotate(45deg);
  }

  .contents[aria-expanded='true']::after {
    transform: translateY(2px) rotate(-135deg);
  }

  main {
    overflow-y: auto;
    overscroll-behavior: contain;
    container-type: size;
    padding: 6px calc(14px + var(--safe-right)) 6px calc(14px + var(--safe-left));
  }

  h1 {
    flex: 1;
    font-size: 1.125rem;
    font-weight: 680;
    letter-spacing: -0.01em;
    line-height: 1.15;
  }

  h1:focus-visible {
    outline: none;
  }

  main > * {
    max-inline-size: 70rem;
    margin-inline: auto;
  }

  .remark {
    margin-block-end: 12px;
    padding: 8px 12px;
    border-radius: var(--radius-small);
    background: var(--raised);
  }

  .chapters {
    position: absolute;
    inset: calc(3.5rem + var(--safe-top)) 0 auto;
    z-index: 1;
    display: grid;
    max-block-size: 80%;
    max-inline-size: 34rem;
    margin: 0;
    padding: 8px;
    overflow-y: auto;
    border-radius: 0 0 var(--radius) var(--radius);
    background: var(--surface);
    box-shadow: var(--shadow);
    list-style: none;
  }

  .chapters button {
    display: grid;
    grid-template-columns: 2rem 1fr auto;
    justify-items: start;
    inline-size: 100%;
    border-radius: 12px;
    font-weight: 500;
    text-align: start;
  }

  .chapters .number {
    color: var(--muted);
  }

  .chapters [aria-current] {
    background: var(--accent-wash);
  }

  .done {
    color: var(--accent);
  }
`;
