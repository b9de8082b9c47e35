import { expect } from 'chai';
import { ACTIVATIONS } from '../../../../src/domain/network/activation.js';
import { LOSSES, PLAIN_LOSS, softmax } from '../../../../src/domain/network/loss.js';

const vector = (...values: number[]): Float64Array => Float64Array.from(values);

describe('losses', () => {
  it('are those of the textbook', () => {
    const logits = vector(1, 2, 3);
    const target = vector(0, 1, 0);
    const sum = Math.exp(1) + Math.exp(2) + Math.exp(3);
    expect(LOSSES['softmax-cross-entropy'].value(logits, target, PLAIN_LOSS)).to.be.closeTo(
      -Math.log(Math.exp(2) / sum),
      1e-12,
    );
    const p = 1 / (1 + Math.exp(-1));
    expect(LOSSES['sigmoid-cross-entropy'].value(vector(1), vector(0), PLAIN_LOSS)).to.be.closeTo(
      -Math.log(1 - p),
      1e-12,
    );
    expect(LOSSES['squared-error'].value(vector(3, 1), vector(1, 0), PLAIN_LOSS)).to.equal(5);
  });

  it('smooth labels and weigh classes as PyTorch does', () => {
    // torch.nn.functional.cross_entropy(tensor([[1., 2., 3.]]), tensor([1]), weight, 'sum', label_smoothing=0.3)
    const logits = vector(1, 2, 3);
    const target = vector(0, 1, 0);
    const logP = [...softmax(logits)].map(Math.log);
    const smoothed = [0.1, 0.8, 0.1];
    const weights = [1, 2, 0.5];
    const expected = -smoothed.reduce((s, y, k) => s + y * (weights[k] ?? 0) * (logP[k] ?? 0), 0);
    const options = { labelSmoothing: 0.3, classWeights: weights };
    expect(LOSSES['softmax-cross-entropy'].value(logits, target, options)).to.be.closeTo(
      expected,
      1e-12,
    );
  });

  it('make probabilities of logits, however large', () => {
    expect([...softmax(vector(1e4, 0, -1e4))]).to.deep.equal([1, 0, 0]);
    const [a = 0, b = 0] = LOSSES['sigmoid-cross-entropy'].prediction(vector(-800, 800));
    expect([a, b]).to.deep.equal([0, 1]);
  });
});

describe('activations', () => {
  it('have the values of the textbook', () => {
    expect([-2, 0, 3].map(ACTIVATIONS.relu.value)).to.deep.equal([0, 0, 3]);
    expect(ACTIVATIONS.sigmoid.value(0)).to.equal(0.5);
    expect(ACTIVATIONS.sigmoid.derivative(0, 0.5)).to.equal(0.25);
    expect(ACTIVATIONS.tanh.value(0.5)).to.be.closeTo((Math.E - 1) / (Math.E + 1), 1e-12);
    expect(ACTIVATIONS.linear.value(-7)).to.equal(-7);
  });
});
