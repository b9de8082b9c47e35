import { expect } from 'chai';
import fc from 'fast-check';
import { ERROR_CODES, SightlineError } from '../../../src/domain/errors.js';
import { decodeError, encodeError } from '../../../src/protocol/index.js';
import type { EncodedError } from '../../../src/protocol/index.js';

/** What `postMessage` makes of a value. */
const sent = (encoded: EncodedError) => structuredClone(encoded);

describe('error codec', () => {
  it('carries every code and any detail across', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ERROR_CODES), fc.string(), (code, detail) => {
        const decoded = decodeError(sent(encodeError(new SightlineError(code, detail))));
        expect(decoded).to.be.instanceOf(SightlineError);
        expect(decoded).to.include({ code, detail });
      }),
    );
  });

  it('carries the stack of what was thrown at first', () => {
    const cause = new RangeError('deep down');
    const encoded = encodeError(new SightlineError('backend-failed', 'x', { cause }));
    expect(encoded.stack).to.equal(cause.stack);
    expect(decodeError(sent(encoded)).stack).to.equal(cause.stack);
  });

  it('makes an internal error of anything else that is thrown', () => {
    expect(encodeError(new Error('oops'))).to.include({ code: 'internal', detail: 'oops' });
    expect(encodeError(42)).to.include({ code: 'internal', detail: '42' });
  });

  it('keeps an abort an abort', () => {
    expect(encodeError(new DOMException('', 'AbortError')).code).to.equal('aborted');
  });

  it('reads a code that it does not know as internal', () => {
    const encoded = { code: 'from-the-future', detail: 'd', stack: undefined };
    expect(decodeError(encoded as unknown as EncodedError)).to.include({
      code: 'internal',
      detail: 'd',
    });
  });
});
