import { css } from 'lit';

/**
 * Colours, sizes and type of the app, set once on its root; everything below
 * takes them from there. Dark first, light where the system asks for it.
 */
export const tokens = css`
  :host {
    --ground: #0e1116;
    --surface: #161b22;
    --raised: #212832;
    --line: #364150;
    --control-line: #7b8899;
    --text: #e8edf4;
    --muted: #a5b1c0;
    --accent: #3ddbb4;
    --accent-strong: #6be6c8;
    --on-accent: #06241c;
    --accent-wash: #17352f;
    --danger: #ff9a8d;
    --danger-wash: #3a211f;
    --shadow: 0 12px 40px rgb(0 0 0 / 0.5);

    /* On the picture, whatever the scheme: it may be bright or dark. */
    --over: rgb(10 13 17 / 0.78);
    --over-line: rgb(255 255 255 / 0.16);
    --over-text: #f4f7fa;

    --radius: 1rem;
    --radius-small: 10px;
    --gap: 12px;
    --target: 2.75rem;
    --safe-top: env(safe-area-inset-top, 0px);
    --safe-right: env(safe-area-inset-right, 0px);
    --safe-bottom: env(safe-area-inset-bottom, 0px);
    --safe-left: env(safe-area-inset-left, 0px);
    --quick: 160ms ease-out;

    color-scheme: dark;
    color: var(--text);
    font:
      1rem/1.45 system-ui,
      -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      sans-serif;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }

  @media (prefers-color-scheme: light) {
    :host {
      --ground: #f5f7fa;
      --surface: #ffffff;
      --raised: #e9edf2;
      --line: #cfd6df;
      --control-line: #6b7786;
      --text: #1b222c;
      --muted: #515d6c;
      --accent: #00775f;
      --accent-strong: #005f4b;
      --on-accent: #ffffff;
      --accent-wash: #d9f1ea;
      --danger: #a82315;
      --danger-wash: #fbe6e3;
      --shadow: 0 12px 40px rgb(27 34 44 / 0.22);
      color-scheme: light;
    }
  }

  @media (prefers-contrast: more) {
    :host {
      --line: var(--control-line);
      --muted: var(--text);
      --over: rgb(0 0 0 / 0.94);
      --over-line: rgb(255 255 255 / 0.7);
    }
  }

  @media (prefers-reduced-motion: reduce) {
    :host {
      --quick: 0s;
    }
  }
`;
