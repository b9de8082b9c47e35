import type { BBox } from '../geometry.js';

/**
 * A Kalman filter for one box at constant velocity, in the state of DeepSORT
 * and ByteTrack: centre x and y, aspect ratio (width / height), height, and the
 * velocities of the four.
 *
 * Each of the four only ever meets its own velocity in the reference's 8 × 8
 * matrices (motion, noise and measurement are block-diagonal), so they are four
 * filters of two states, and no matrix is needed.
 *
 * The noise is the reference's, which was tuned for 30 pictures a second.
 * Other cadences take the noise that as many of those steps would have added,
 * also for parts of a step: to predict twice by half the time is to predict
 * once by all of it.
 *
 * Source: Wojke, Bewley & Paulus 2017 (https://github.com/nwojke/deep_sort,
 * deep_sort/kalman_filter.py).
 */

/** Steps of the reference per second; velocities are per step. */
export const STEPS_PER_SECOND = 30;

/** Standard deviations as parts of the box's height; the aspect ratio has absolute ones. */
const POSITION_WEIGHT = 1 / 20;
const VELOCITY_WEIGHT = 1 / 160;
const ASPECT_NOISE = { start: 1e-2, position: 1e-2, velocity: 1e-5, measured: 1e-1 };

/** One of the four coordinates: value, velocity, and their covariance. */
export interface Coordinate {
  value: number;
  velocity: number;
  valueVariance: number;
  covariance: number;
  velocityVariance: number;
}

/** The filter's state; changed in place by `predict` and `correct`. */
export interface BoxState {
  readonly x: Coordinate;
  readonly y: Coordinate;
  readonly aspect: Coordinate;
  readonly height: Coordinate;
}

/** The state after the first sight of a box: at rest, with a wide guess at its velocity. */
export function startState(box: BBox): BoxState {
  const [x, y, aspect, height] = toMeasurement(box);
  const position = 2 * POSITION_WEIGHT * height;
  const velocity = 10 * VELOCITY_WEIGHT * height;
  return {
    x: startCoordinate(x, position, velocity),
    y: startCoordinate(y, position, velocity),
    aspect: startCoordinate(aspect, ASPECT_NOISE.start, ASPECT_NOISE.velocity),
    height: startCoordinate(height, position, velocity),
  };
}

/**
 * Moves the state on in time.
 *
 * @param seconds 0 or more.
 */
export function predict(state: BoxState, seconds: number): void {
  const steps = seconds * STEPS_PER_SECOND;
  const height = state.height.value;
  const position = POSITION_WEIGHT * height;
  const velocity = VELOCITY_WEIGHT * height;
  predictCoordinate(state.x, steps, position, velocity);
  predictCoordinate(state.y, steps, position, velocity);
  predictCoordinate(state.aspect, steps, ASPECT_NOISE.position, ASPECT_NOISE.velocity);
  predictCoordinate(state.height, steps, position, velocity);
}

/** Takes a sight of the box into the state. */
export function correct(state: BoxState, box: BBox): void {
  const [x, y, aspect, height] = toMeasurement(box);
  const noise = POSITION_WEIGHT * state.height.value;
  correctCoordinate(state.x, x, noise);
  correctCoordinate(state.y, y, noise);
  correctCoordinate(state.aspect, aspect, ASPECT_NOISE.measured);
  correctCoordinate(state.height, height, noise);
}

/** The box that a state stands for; of no extent once the prediction has shrunk away. */
export function toBox(state: BoxState): BBox {
  const height = Math.max(0, state.height.value);
  const width = Math.max(0, state.aspect.value * height);
  return [state.x.value - width / 2, state.y.value - height / 2, width, height];
}

/** Centre x, centre y, aspect ratio and height of a box of positive extent. */
export function toMeasurement([x, y, width, height]: BBox): readonly [
  x: number,
  y: number,
  aspect: number,
  height: number,
] {
  return [x + width / 2, y + height / 2, width / height, height];
}

function startCoordinate(value: number, position: number, velocity: number): Coordinate {
  return {
    value,
    velocity: 0,
    valueVariance: position ** 2,
    covariance: 0,
    velocityVariance: velocity ** 2,
  };
}

function predictCoordinate(
  it: Coordinate,
  steps: number,
  position: number,
  velocity: number,
): void {
  const q = velocity ** 2;
  it.value += steps * it.velocity;
  it.valueVariance +=
    2 * steps * it.covariance +
    steps ** 2 * it.velocityVariance +
    // n steps of noise, each moved on by the steps after it: sums of 0…n-1 and of their squares.
    steps * position ** 2 +
    (q * steps * (steps - 1) * (2 * steps - 1)) / 6;
  it.covariance += steps * it.velocityVariance + (q * steps * (steps - 1)) / 2;
  it.velocityVariance += steps * q;
}

function correctCoordinate(it: Coordinate, measured: number, noise: number): void {
  const total = it.valueVariance + noise ** 2;
  const valueGain = it.valueVariance / total;
  const velocityGain = it.covariance / total;
  const surprise = measured - it.value;
  it.value += valueGain * surprise;
  it.velocity += velocityGain * surprise;
  it.velocityVariance -= velocityGain * it.covariance;
  it.covariance -= valueGain * it.covariance;
  it.valueVariance -= valueGain * it.valueVariance;
}
