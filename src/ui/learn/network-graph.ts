import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { LayerPass } from '../../domain/network/dense-layer.js';
import type { Network } from '../../domain/network/network.js';
import { decimals, subscript } from '../../i18n/learn-format.js';

const WIDTH = 320;
const MARGIN = 34;

export interface NetworkGraph {
  readonly network: Network;
  /** What each layer computed for the example; numbers are shown in the nodes. */
  readonly passes: readonly LayerPass[];
  /** ŷ of the one output. */
  readonly prediction: number;
  /** Edges that are lit, as `layer/from/to` from 1 (0: the bias). */
  readonly lit?: ReadonlySet<string> | undefined;
  /** Units that are lit, as `layer/unit`; layer 0 are the inputs. */
  readonly litUnits?: ReadonlySet<string> | undefined;
  readonly label: string;
  readonly height?: number;
  /** A unit was tapped. */
  readonly picked?: ((layer: number, unit: number) => void) | undefined;
}

/** Units as circles, weights as lines: as thick as they are large, dashed where they are negative. */
export function networkGraph(graph: NetworkGraph): TemplateResult {
  const { network, passes, label, height = 200 } = graph;
  const counts = [network.layers[0]?.inputs ?? 0, ...network.layers.map(({ units }) => units)];
  const radius = Math.min(19, height / Math.max(...counts) / 2.3);
  const x = (layer: number): number =>
    MARGIN + (layer / (counts.length - 1)) * (WIDTH - 2 * MARGIN);
  const y = (layer: number, unit: number): number => ((unit - 0.5) / (counts[layer] ?? 1)) * height;
  const valueOf = (layer: number, unit: number): number => {
    if (layer === 0) return passes[0]?.inputs[unit - 1] ?? NaN;
    if (layer === network.layers.length) return graph.prediction;
    return passes[layer - 1]?.outputs[unit - 1] ?? NaN;
  };
  const nameOf = (layer: number, unit: number): string => {
    if (layer === 0) return `x${subscript(unit)}`;
    return layer === network.layers.length ? 'ŷ' : `a${subscript(unit)}`;
  };
  const node = (layer: number, unit: number): SVGTemplateResult => {
    const isLit = graph.litUnits?.has(`${layer}/${unit}`) === true;
    return svg`<g
      class=${isLit ? 'unit lit' : 'unit'}
      @pointerup=${() => graph.picked?.(layer, unit)}
    >
      <circle cx=${x(layer)} cy=${y(layer, unit)} r=${radius}></circle>
      ${
        radius < 11
          ? nothing
          : svg`<text class="name" x=${x(layer)} y=${y(layer, unit) - 3}>${nameOf(layer, unit)}</text>
              <text x=${x(layer)} y=${y(layer, unit) + 10}>${decimals(valueOf(layer, unit))}</text>`
      }
    </g>`;
  };
  return html`<svg
    class="graph ${graph.picked === undefined ? '' : 'pickable'}"
    viewBox="0 0 ${WIDTH} ${height}"
    role="img"
    aria-label=${label}
  >
    ${network.layers.map(({ inputs, units, weights }, index) =>
      Array.from({ length: inputs * units }, (_, position) => {
        const [from, to] = [Math.floor(position / units) + 1, (position % units) + 1];
        return edge(
          weights[position] ?? 0,
          [x(index) + radius, y(index, from), x(index + 1) - radius, y(index + 1, to)],
          graph.lit?.has(`${index + 1}/${from}/${to}`) === true,
        );
      }),
    )}
    ${counts.map((count, layer) =>
      Array.from({ length: count }, (_, unit) => node(layer, unit + 1)),
    )}
  </svg>`;
}

function edge(
  weight: number,
  [x1, y1, x2, y2]: readonly [number, number, number, number],
  isLit: boolean,
): SVGTemplateResult {
  const size = Number.isFinite(weight) ? Math.min(6, 0.6 + 1.4 * Math.abs(weight)) : 6;
  const sign = weight < 0 ? 'negative' : 'positive';
  return svg`<line
    class="edge ${sign} ${isLit ? 'lit' : ''}"
    x1=${x1} y1=${y1} x2=${x2} y2=${y2}
    stroke-width=${size.toFixed(2)}
  ></line>`;
}
