import { css } from 'lit';

/** The details panel: tables of numbers that can be read at a glance. */
export const detailsStyles = css`
  section + section,
  .empty + section {
    margin-block-start: 1.25rem;
  }

  h3 {
    padding-block-end: 4px;
    color: var(--muted);
    font-size: 0.8125rem;
    font-weight: 600;
  }

  h4 {
    margin: 8px 0 4px;
    font-size: 0.875rem;
  }

  .fps {
    display: flex;
    align-items: baseline;
    gap: 8px;
    color: var(--muted);
    font-size: 0.9375rem;
  }

  .figure {
    color: var(--text);
    font-size: 2.5rem;
    font-weight: 700;
    line-height: 1.15;
    letter-spacing: -0.02em;
  }

  .bar {
    display: block;
    inline-size: 100%;
    block-size: 8px;
    margin: 8px 0 6px;
    border-radius: 999px;
    overflow: hidden;
  }

  .key {
    display: inline-block;
    inline-size: 10px;
    block-size: 10px;
    margin-inline-end: 8px;
    border-radius: 3px;
  }

  .preprocess {
    fill: #56b4e9;
    background: #56b4e9;
  }

  .inference {
    fill: var(--accent);
    background: var(--accent);
  }

  .postprocess {
    fill: #e69f00;
    background: #e69f00;
  }

  dl {
    margin: 0;
  }

  dl + dl {
    margin-block-start: 10px;
    border-block-start: 1px solid var(--line);
    padding-block-start: 6px;
  }

  dl > div {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    padding: 5px 0;
    border-block-end: 1px solid color-mix(in srgb, var(--line), transparent 45%);
    font-size: 0.9375rem;
  }

  dl > div:last-child {
    border-block-end: 0;
  }

  dt {
    flex: none;
    color: var(--muted);
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
    text-align: end;
  }

  .total dd {
    font-weight: 700;
  }

  ul {
    margin: 0;
    padding: 0;
    color: var(--muted);
    font-size: 0.875rem;
    list-style: none;
  }

  li {
    padding: 4px 0;
    overflow-wrap: anywhere;
  }

  li b {
    display: block;
    color: var(--text);
  }

  .picker {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
    min-block-size: var(--target);
    color: var(--muted);
    font-size: 0.9375rem;
  }

  select {
    min-block-size: var(--target);
    padding: 8px 12px;
    border: 1px solid var(--control-line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    font: inherit;
  }

  .hint {
    padding-block-end: 6px;
  }

  .hint,
  .remark {
    color: var(--muted);
    font-size: 0.875rem;
  }

  .hint a {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--target);
    color: var(--accent-strong);
  }

  .remark {
    margin-block-start: 2px;
  }

  .privacy,
  .empty {
    color: var(--muted);
    font-size: 0.875rem;
  }

  .privacy {
    margin-block-start: 1.25rem;
  }
`;
