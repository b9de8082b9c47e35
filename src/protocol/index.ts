export * from './class-training.js';
export * from './engine.js';
export * from './error-codec.js';
export * from './messages.js';
export * from './training.js';
