/** What `create-teaching` makes teaching of: one chunk, fetched when somebody teaches. */
export { ClassTrainerClient } from '../../platform/class-trainer-client.js';
export { NegativePack } from '../../platform/negative-pack.js';
export { TrainerClient } from '../../platform/trainer-client.js';
export { LiveTeaching } from './live-teaching.js';
export { SettingsMemory } from './settings-memory.js';
