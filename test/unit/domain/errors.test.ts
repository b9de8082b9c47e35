import { expect } from 'chai';
import { isAbort, SightlineError, toSightlineError } from '../../../src/domain/errors.js';

describe('SightlineError', () => {
  it('says its code and detail', () => {
    const error = new SightlineError('no-camera', 'none plugged in');
    expect(error).to.be.instanceOf(Error);
    expect(error.message).to.equal('no-camera: none plugged in');
    expect(error.name).to.equal('SightlineError');
    expect(error).to.include({ code: 'no-camera', detail: 'none plugged in' });
  });

  it('says its code alone where there is no detail', () => {
    expect(new SightlineError('aborted').message).to.equal('aborted');
  });

  it('keeps its cause', () => {
    const cause = new Error('below');
    expect(new SightlineError('internal', '', { cause }).cause).to.equal(cause);
  });
});

describe('toSightlineError', () => {
  it('leaves our own errors alone', () => {
    const error = new SightlineError('camera-busy');
    expect(toSightlineError(error, 'camera-failed')).to.equal(error);
  });

  it('wraps an error under the fallback code, with its message and cause', () => {
    const thrown = new TypeError('no such thing');
    const error = toSightlineError(thrown, 'model-corrupt');
    expect(error).to.include({ code: 'model-corrupt', detail: 'no such thing', cause: thrown });
  });

  it('wraps what is no error at all', () => {
    expect(toSightlineError('plain text')).to.include({ code: 'internal', detail: 'plain text' });
    expect(toSightlineError(undefined).detail).to.equal('undefined');
  });

  it('recognises an abort whatever the fallback', () => {
    const controller = new AbortController();
    controller.abort();
    expect(toSightlineError(controller.signal.reason, 'camera-failed').code).to.equal('aborted');
  });
});

describe('isAbort', () => {
  it('is about cancelling only', () => {
    expect(isAbort(new SightlineError('aborted'))).to.equal(true);
    expect(isAbort(new DOMException('', 'AbortError'))).to.equal(true);
    expect(isAbort(new SightlineError('internal'))).to.equal(false);
    expect(isAbort(new DOMException('', 'NotFoundError'))).to.equal(false);
    expect(isAbort(undefined)).to.equal(false);
  });
});
