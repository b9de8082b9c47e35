import { gatherV2Config } from '@tensorflow/tfjs-backend-webgl/dist/kernels/GatherV2.js';
import { maximumConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Maximum.js';
import { sliceConfig } from '@tensorflow/tfjs-backend-webgl/dist/kernels/Slice.js';
import { registerMissingKernels } from '../backend/register-kernels.js';

registerMissingKernels([gatherV2Config, maximumConfig, sliceConfig]);
