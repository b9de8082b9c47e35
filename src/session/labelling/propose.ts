import { proposeBoxes, type Proposal } from '../../domain/labelling/proposals.js';
import { frameSize } from '../../platform/snapshot.js';
import type { CallOptions, FrameData } from '../../protocol/index.js';
import type { TeachView } from '../teach/view.js';

/** Boxes that something may be in. Closes the picture. @throws SightlineError Why nobody could look. */
export async function propose(
  view: Pick<TeachView, 'anchors'>,
  picture: FrameData,
  call?: CallOptions,
): Promise<readonly Proposal[]> {
  const size = frameSize(picture);
  const { network, logits, boxes } = await view.anchors(picture, call);
  return proposeBoxes({ logits, boxes }, network.labels, size);
}
