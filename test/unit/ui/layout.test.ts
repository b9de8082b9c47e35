import { expect } from 'chai';
import type { SourceInfo } from '../../../src/session/types.js';
import { resolveFit, resolveMirror } from '../../../src/ui/elements/layout.js';

const camera = { width: 1280, height: 720 };

function source(facing: 'user' | 'environment' | undefined): SourceInfo {
  return {
    kind: 'camera',
    label: '',
    element: undefined,
    size: camera,
    facing,
    deviceId: undefined,
  };
}

describe('resolveFit', () => {
  it('does as it is told', () => {
    expect(resolveFit('contain', camera, camera, false)).to.equal('contain');
    expect(resolveFit('cover', camera, { width: 9, height: 16 }, true)).to.equal('cover');
  });

  it('covers by itself where little is cut off', () => {
    expect(resolveFit('auto', camera, { width: 1440, height: 900 }, false)).to.equal('cover');
  });

  it('contains where much would be cut off: a landscape camera on an upright phone', () => {
    expect(resolveFit('auto', camera, { width: 390, height: 720 }, false)).to.equal('contain');
  });

  it('never cuts a photo unasked', () => {
    expect(resolveFit('auto', camera, { width: 1440, height: 900 }, true)).to.equal('contain');
  });

  it('changes at seven tenths of the picture', () => {
    const square = { width: 100, height: 100 };
    expect(resolveFit('auto', square, { width: 100, height: 70 }, false)).to.equal('cover');
    expect(resolveFit('auto', square, { width: 100, height: 69 }, false)).to.equal('contain');
  });
});

describe('resolveMirror', () => {
  it('mirrors by itself only what faces the user', () => {
    expect(resolveMirror('auto', source('user'))).to.equal(true);
    expect(resolveMirror('auto', source('environment'))).to.equal(false);
    expect(resolveMirror('auto', source(undefined))).to.equal(false);
    expect(resolveMirror('auto', undefined)).to.equal(false);
  });

  it('does as it is told', () => {
    expect(resolveMirror('on', source('environment'))).to.equal(true);
    expect(resolveMirror('off', source('user'))).to.equal(false);
  });
});
