import type { BBox } from '../../src/domain/geometry.js';
import type { Scene } from './stage-source.js';

/**
 * A scene with an object that the detector knows nothing of: a disc of red and white
 * rings on a blue post.
 *
 * @param size Height in pixels.
 * @param room What is behind it.
 * @returns The scene, and the box around the object.
 */
export function beacon(
  x: number,
  y: number,
  size: number,
  room: CanvasImageSource | string,
): { readonly scene: Scene; readonly bbox: BBox } {
  const width = size * 0.7;
  const radius = width / 2;
  return {
    bbox: [x, y, width, size],
    scene: (context) => {
      fillRoom(context, room);
      context.fillStyle = '#1d3fae';
      context.fillRect(x + width * 0.4, y + radius, width * 0.2, size - radius);
      for (let ring = 0; ring < 5; ring++) {
        context.fillStyle = ring % 2 === 0 ? '#d4202a' : '#ffffff';
        context.beginPath();
        context.arc(x + radius, y + radius, radius * (1 - ring / 5), 0, 2 * Math.PI);
        context.fill();
      }
    },
  };
}

/** The same rooms without it. */
export function emptyRoom(room: CanvasImageSource | string): Scene {
  return (context) => {
    fillRoom(context, room);
  };
}

function fillRoom(context: CanvasRenderingContext2D, room: CanvasImageSource | string): void {
  const { width, height } = context.canvas;
  if (typeof room === 'string') {
    context.fillStyle = room;
    context.fillRect(0, 0, width, height);
  } else context.drawImage(room, 0, 0, width, height);
}
