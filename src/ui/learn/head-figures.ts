/** What is shown of a taught head: the picture with its evidence, answers, features, weights. */
import { html, nothing, svg, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { UNKNOWN, type Head } from '../../domain/head.js';
import { logitSum } from '../../domain/learn/evidence.js';
import type { FeatureVoice, HeadInsight } from '../../domain/learn/insight.js';
import type { Sample } from '../../domain/sample.js';
import { formatPercent } from '../../i18n/format.js';
import { decimals, figure } from '../../i18n/learn-format.js';
import { HEAD_TEXTS as texts } from '../../i18n/learn-uses-messages.js';

/** Parts of a picture's box in each direction: about as fine as the detector's own maps. */
export const PATCHES = 7;
/** Features that are listed besides those that are silenced. */
const SHOWN = 24;
const WEIGHTS = 8;

export function named(label: string): string {
  return label === UNKNOWN ? texts.unknown : label;
}

/** The last part of a map's name says which it is. */
export function shortName(map: string): string {
  return map.split('/').at(-1) ?? map;
}

export interface Exhibit {
  readonly sample: Sample;
  readonly url: string | undefined;
  /** For each part of the box what it says for the label; `undefined` before that is known. */
  readonly evidence: Float64Array | undefined;
  readonly label: string;
}

/** The picture, and over it which parts of it speak for the answer, and which against. */
export function exhibitPicture({ sample, url, evidence, label }: Exhibit): TemplateResult {
  const [, , width, height] = sample.bbox;
  const most = Math.max(1e-9, ...(evidence ?? []).map((value) => Math.abs(value)));
  const cells = [...(evidence ?? [])].map((value, index) => {
    const x = ((index % PATCHES) / PATCHES) * width;
    const y = (Math.floor(index / PATCHES) / PATCHES) * height;
    return svg`<rect class=${value < 0 ? 'against' : 'for'} x=${x} y=${y}
      width=${width / PATCHES} height=${height / PATCHES}
      fill-opacity=${(0.72 * (Math.abs(value) / most)).toFixed(3)}></rect>`;
  });
  return html`<svg
    class="plot exhibit"
    viewBox="0 0 ${width} ${height}"
    role="img"
    aria-label=${`${texts.picture(sample.label)}${evidence === undefined ? '' : `. ${texts.where(named(label), placeOf(evidence))}`}`}
  >
    ${
      url === undefined
        ? nothing
        : svg`<image href=${url} width=${width} height=${height} preserveAspectRatio="none"></image>`
    }
    ${cells}
  </svg>`;
}

/** In which third of the picture the part lies that speaks loudest. */
function placeOf(evidence: Float64Array): string {
  const best = evidence.indexOf(Math.max(...evidence));
  const third = (place: number): 0 | 1 | 2 => {
    if (place < PATCHES / 3) return 0;
    return place < (2 * PATCHES) / 3 ? 1 : 2;
  };
  return texts.place(third(Math.floor(best / PATCHES)), third(best % PATCHES));
}

export function answerTable({ labels }: Head, { answer }: HeadInsight): TemplateResult {
  return html`<table>
    <caption>
      ${texts.answers}
    </caption>
    <tbody>
      ${labels.map((label, index) => {
        const share = answer.probabilities[index] ?? 0;
        return html`<tr>
          <th scope="row">
            ${named(label)}<meter min="0" max="1" .value=${share} aria-hidden="true"></meter>
          </th>
          <td>${formatPercent(share)}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** Features by how loud they speak, each with a switch that silences it. */
export function voiceTable(
  { voices, label }: HeadInsight,
  muted: ReadonlySet<number>,
  toggle: (index: number) => void,
): TemplateResult {
  const loudest = [...voices].sort((a, b) => b.part - a.part);
  const silenced = loudest.filter(({ index }) => muted.has(index));
  const shown = [...loudest.filter(({ index }) => !muted.has(index)).slice(0, SHOWN), ...silenced];
  const row = ({ index, map, channel, value, slope, part }: FeatureVoice): TemplateResult => {
    const title = texts.name(shortName(map), channel);
    return html`<tr>
      <th scope="row">
        <label>
          <input
            type="checkbox"
            aria-label=${texts.mute(title)}
            .checked=${live(muted.has(index))}
            @change=${() => {
              toggle(index);
            }}
          />
          ${title}
        </label>
      </th>
      <td>${decimals(value)}</td>
      <td>${decimals(slope)}</td>
      <td>${decimals(part)}</td>
    </tr>`;
  };
  return html`<table class="voices">
    <caption>
      ${texts.loudest(named(label))}
    </caption>
    <thead>
      <tr>
        <th scope="col">${texts.feature}</th>
        <th scope="col">${texts.value}</th>
        <th scope="col">${texts.slope}</th>
        <th scope="col">${texts.part}</th>
      </tr>
    </thead>
    <tbody>
      ${shown.map(row)}
    </tbody>
  </table>`;
}

/** The logit as the sum over the last layer's weights, the strongest first. */
export function weightTable(
  head: Head,
  { inputs, output, label, voices }: HeadInsight,
): TemplateResult {
  const { terms, bias, logit } = logitSum(head, inputs, output);
  const isHidden = head.network.layers.length > 1;
  const rest = terms.slice(WEIGHTS);
  const places = new Map(
    voices.map(({ index, map, channel }) => [index, texts.name(shortName(map), channel)]),
  );
  return html`<table>
    <caption>
      ${texts.strongest(named(label), isHidden)}
    </caption>
    <thead>
      <tr>
        <th scope="col">${isHidden ? texts.unit : texts.feature}</th>
        <th scope="col">${isHidden ? 'a' : texts.value}</th>
        <th scope="col">w</th>
        <th scope="col">${isHidden ? 'a · w' : 'x · w'}</th>
      </tr>
    </thead>
    <tbody>
      ${terms.slice(0, WEIGHTS).map(
        ({ from, value, weight, part }) =>
          html`<tr>
            <th scope="row">
              ${isHidden ? texts.number(from + 1) : (places.get(from) ?? texts.number(from))}
            </th>
            <td>${decimals(value)}</td>
            <td>${decimals(weight)}</td>
            <td>${decimals(part)}</td>
          </tr>`,
      )}
      ${
        rest.length === 0
          ? nothing
          : html`<tr>
              <th scope="row" colspan="3">${texts.others(rest.length)}</th>
              <td>${decimals(rest.reduce((sum, { part }) => sum + part, 0))}</td>
            </tr>`
      }
      <tr>
        <th scope="row" colspan="3">${texts.biasTerm}</th>
        <td>${decimals(bias)}</td>
      </tr>
      <tr>
        <th scope="row" colspan="3">${texts.sumTerm}</th>
        <td><b>${figure(logit)}</b></td>
      </tr>
    </tbody>
  </table>`;
}

/** How much each map of the detector said for the answer. */
export function mapTable({ maps }: HeadInsight): TemplateResult {
  return html`<table>
    <caption>
      ${texts.maps}
    </caption>
    <tbody>
      ${maps.map(
        ({ map, part }) =>
          html`<tr>
            <th scope="row">${shortName(map)}</th>
            <td>${decimals(part)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
