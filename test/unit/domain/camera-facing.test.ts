import { expect } from 'chai';
import { cameraFacing } from '../../../src/domain/camera-facing.js';

describe('cameraFacing', () => {
  it('believes what the track says', () => {
    expect(cameraFacing('user', 'Back Camera')).to.equal('user');
    expect(cameraFacing('environment', '')).to.equal('environment');
  });

  it('reads the usual names', () => {
    expect(cameraFacing(undefined, 'camera2 1, facing front')).to.equal('user');
    expect(cameraFacing(undefined, 'FaceTime HD Camera')).to.equal('user');
    expect(cameraFacing(undefined, 'Integrated Camera (04f2:b6dd)')).to.equal('user');
    expect(cameraFacing('left', 'camera2 0, facing back')).to.equal('environment');
  });

  it('does not guess', () => {
    expect(cameraFacing(undefined, 'USB Camera')).to.equal(undefined);
    expect(cameraFacing(undefined, '')).to.equal(undefined);
  });
});
