import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { UNKNOWN } from '../../../../src/domain/head.js';
import { ACTIVATION_NAMES } from '../../../../src/domain/network/activation.js';
import { createNetwork } from '../../../../src/domain/network/network.js';
import { networkFromBytes, weightsToBytes } from '../../../../src/domain/network/weight-bytes.js';
import {
  readHead,
  writeHead,
  type HeadFile,
  type TravellingHead,
} from '../../../../src/domain/project/head-file.js';

function travelling(hidden: readonly number[] = [3], seed = 5): TravellingHead {
  const shape = { inputs: 6, hidden, outputs: 2, activation: 'tanh', outputActivation: 'linear' };
  const network = createNetwork(shape as Parameters<typeof createNetwork>[0], seed);
  const bytes = weightsToBytes(network);
  return {
    head: {
      id: 'h-1',
      name: 'Mugs 🍵',
      source: { model: 'net', maps: ['a', 'b'], channels: [4, 2], normalisation: 'l2' },
      labels: ['mine', UNKNOWN],
      // Rounded once: what was trained is.
      network: networkFromBytes(network.layers, bytes) ?? network,
      output: 'softmax-cross-entropy',
      temperature: 1.7,
      threshold: 0.6,
      bases: ['cup'],
      created: 1_700_000_000_000,
    },
    isOn: false,
    trainedOn: '12-abc',
  };
}

describe('A head’s file', () => {
  it('brings the head back bit for bit', () => {
    for (const hidden of [[], [3], [4, 2]]) {
      assert.deepEqual(readHead(writeHead(travelling(hidden))), travelling(hidden));
    }
  });

  it('brings what its examples have in common back as well', () => {
    const likeness = {
      least: [0.4, 0],
      centreScale: 0.7,
      vectors: Int8Array.from({ length: 18 }, (_, at) => 31 * at - 127),
    };
    const plain = travelling();
    const given = { ...plain, head: { ...plain.head, likeness } };
    assert.deepEqual(readHead(writeHead(given)), given);
    for (const vectors of [likeness.vectors.slice(1), new Int8Array()]) {
      const wrong = { ...plain.head, likeness: { ...likeness, vectors } };
      assert.throws(() => readHead(writeHead({ ...plain, head: wrong })), /do not fit/);
    }
    const { description, ...file } = writeHead(given);
    const broken = description.replace(/"vectors":"[^"]*"/, '"vectors":"%%"');
    assert.throws(() => readHead({ ...file, description: broken }), { code: 'project-corrupt' });
  });

  it('keeps any weights that fit into 32 bits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
          minLength: 8,
          maxLength: 8,
        }),
        fc.constantFrom(...ACTIVATION_NAMES),
        (numbers, activation) => {
          const layer = {
            inputs: 3,
            units: 2,
            activation,
            weights: Float64Array.from(numbers.slice(0, 6)),
            biases: Float64Array.from(numbers.slice(6)),
          };
          const bytes = weightsToBytes({ layers: [layer] });
          assert.deepEqual(networkFromBytes([layer], bytes), { layers: [layer] });
        },
      ),
    );
  });

  it('is refused when anything in it does not fit', () => {
    const good = writeHead(travelling());
    const described = JSON.parse(good.description) as Record<string, unknown>;
    const changed = (change: Record<string, unknown>): HeadFile => ({
      ...good,
      description: JSON.stringify({ ...described, ...change }),
    });
    const [first, second] = described['layers'] as object[];
    const wrong: HeadFile[] = [
      { ...good, description: '{' },
      { ...good, description: 'null' },
      { ...good, weights: good.weights.slice(4) },
      { ...good, weights: new Uint8Array([...good.weights, 0, 0, 0, 0]) },
      { ...good, weights: good.weights.map(() => 255) },
      changed({ labels: ['mine'] }),
      changed({ labels: ['mine', 'mine'] }),
      changed({ labels: [UNKNOWN, UNKNOWN] }),
      changed({ labels: ['x'.repeat(81), UNKNOWN] }),
      changed({ channels: [4, 3] }),
      changed({ channels: [6] }),
      changed({ maps: ['a', 'a'] }),
      changed({ maps: [], channels: [] }),
      changed({ layers: [second, first] }),
      changed({ layers: [] }),
      changed({ temperature: 0 }),
      changed({ threshold: 1.5 }),
      changed({ output: 'magic' }),
      changed({ normalisation: 'l3' }),
      changed({ created: -1 }),
      changed({ isOn: 'yes' }),
    ];
    for (const file of wrong) {
      assert.throws(() => readHead(file), { code: 'project-corrupt' }, file.description);
    }
    const { isOn, ...older } = described;
    assert.equal(isOn, false);
    assert.equal(readHead({ ...good, description: JSON.stringify(older) }).isOn, true);
  });
});
