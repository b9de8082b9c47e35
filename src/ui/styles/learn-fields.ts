import { css } from 'lit';

/** Sliders, choices and the player of the lessons. */
export const learnFieldStyles = css`
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 3.75rem;
    align-items: center;
    gap: 8px;
    min-block-size: var(--target);
    line-height: 1.15;
  }

  /* In a narrow column the name and the number stand over the slider. */
  .side .slider {
    grid-template: auto auto / minmax(0, 1fr) auto;
    gap: 0 8px;
  }

  .side .slider input {
    grid-area: 2 / 1 / 3 / 3;
    margin-block: -8px -4px;
  }

  .slider input {
    inline-size: 100%;
    min-block-size: var(--target);
    margin: 0;
    accent-color: var(--accent);
    touch-action: pan-y;
  }

  .slider output {
    text-align: end;
  }

  .choice {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    min-block-size: var(--target);
  }

  .side .choice {
    flex-direction: column;
    align-items: stretch;
    gap: 0;
  }

  .side select {
    max-inline-size: 100%;
  }

  select,
  input[type='number'],
  input[type='text'] {
    min-block-size: var(--target);
    max-inline-size: 62%;
    padding: 6px 10px;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
  }

  .two {
    display: grid;
    grid-template-columns: repeat(2, minmax(0, 1fr));
    gap: 12px;
  }

  .two .choice {
    flex-direction: column;
    align-items: stretch;
    gap: 0;
  }

  .two select {
    max-inline-size: 100%;
  }

  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr));
    gap: 6px 16px;
  }

  .row {
    display: flex;
    align-items: center;
    gap: 12px;
  }

  .row .choice {
    flex: 1;
    min-inline-size: 0;
  }

  .row select,
  .row input {
    flex: 1;
    min-inline-size: 0;
    inline-size: 100%;
    max-inline-size: none;
  }

  .row select.short {
    flex: none;
    inline-size: auto;
  }

  summary {
    display: list-item;
    min-block-size: var(--target);
    padding-block: 11px;
    color: var(--muted);
    cursor: pointer;
  }

  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: 2px;
    border-radius: 22px;
    background: var(--surface);
  }

  .segments button {
    flex: 1 1 auto;
    padding: 4px 8px;
    background: transparent;
    font-weight: 550;
    white-space: nowrap;
  }

  .side .segments {
    flex-direction: column;
  }

  .segments button[aria-pressed='true'] {
    background: var(--accent);
    color: var(--on-accent);
  }

  .player {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px;
  }

  .player p {
    flex: 1;
    min-inline-size: 4.5rem;
    line-height: 1.2;
  }

  .now {
    white-space: pre-line;
  }

  .next svg {
    transform: scaleX(-1);
  }

  .seed {
    justify-self: start;
    padding-inline: 9px;
    font-weight: 500;
  }
`;
