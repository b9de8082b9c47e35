import { css } from 'lit';

/** Cards in a row that scrolls sideways on a phone, in a grid where there is room. */
export const labelListStyles = css`
  ul {
    display: flex;
    gap: 10px;
    margin: 0 -1rem;
    padding: 4px 1rem;
    overflow: auto hidden;
    overscroll-behavior-x: contain;
    list-style: none;
    scrollbar-width: thin;
  }

  li {
    flex: none;
    inline-size: 5rem;
  }

  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    justify-content: stretch;
    gap: 4px;
    inline-size: 100%;
    padding: 0;
    border: 0;
    border-radius: 12px;
    background: transparent;
    font-weight: 500;
  }

  @media (hover: hover) {
    .card:hover:enabled {
      background: transparent;
    }

    .card:hover .cover {
      filter: brightness(1.12);
    }
  }

  .cover {
    position: relative;
  }

  .sign {
    display: grid;
    place-items: center;
    aspect-ratio: 1;
    border: 1.5px dashed var(--control-line);
    border-radius: 10px;
    color: var(--muted);
  }

  .count {
    position: absolute;
    inset: auto 4px 4px auto;
    min-inline-size: 1.5rem;
    padding: 1px 6px;
    border-radius: 999px;
    background: var(--over);
    color: var(--over-text);
    font-size: 0.8125rem;
  }

  .lacking .count::before {
    content: '';
    display: inline-block;
    inline-size: 7px;
    block-size: 7px;
    margin-inline-end: 5px;
    border-radius: 50%;
    background: #ffb347;
  }

  .name {
    display: grid;
    justify-content: center;
    min-inline-size: 0;
    font-size: 0.8125rem;
    line-height: 1.25;
  }

  .name span {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    min-inline-size: 0;
    overflow: hidden;
    overflow-wrap: anywhere;
    text-align: center;
  }

  .way .name {
    color: var(--muted);
  }

  svg.dot {
    position: absolute;
    inset: 6px auto auto 6px;
    inline-size: 12px;
    block-size: 12px;
    border-radius: 50%;
    box-shadow: 0 0 0 2px var(--over);
  }

  small {
    color: var(--muted);
    font-size: 0.75rem;
    font-weight: 400;
    text-align: center;
  }

  @media (min-width: 60rem), (max-height: 30rem) and (orientation: landscape) {
    ul {
      flex-wrap: wrap;
    }
  }
`;
