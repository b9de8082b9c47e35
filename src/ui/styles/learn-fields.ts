import { css } from 'lit';

/** Sliders, choices and the player of the lessons. */
export const learnFieldStyles = css`
  .slider {
    display: grid;
    grid-template-columns: 5.5rem minmax(0, 1fr) 4.25rem;
    align-items: center;
    gap: 10px;
    min-block-size: 2.5rem;
    font-size: 0.9375rem;
  }

  .slider input {
    inline-size: 100%;
    min-block-size: 2.5rem;
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
    font-size: 0.9375rem;
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
  }

  summary {
    display: list-item;
    min-block-size: var(--target);
    padding-block: 11px;
    color: var(--muted);
    font-size: 0.9375rem;
    cursor: pointer;
  }

  .segments {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding: 4px;
    border-radius: 999px;
    background: var(--surface);
  }

  .segments button {
    flex: 1;
    padding-inline: 10px;
    background: transparent;
    font-size: 0.875rem;
    white-space: nowrap;
  }

  .segments button[aria-pressed='true'] {
    background: var(--accent);
    color: var(--on-accent);
  }

  .player {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }

  .player p {
    flex: 1;
    min-inline-size: 4.25rem;
    font-size: 0.8125rem;
    line-height: 1.25;
    white-space: pre-line;
  }

  .next svg {
    transform: scaleX(-1);
  }

  .seed {
    justify-self: start;
    padding-inline: 12px;
    font-size: 0.875rem;
    font-weight: 500;
  }
`;
