import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul.js';
import { registerMissingKernels } from '../backend/register-kernels.js';

registerMissingKernels([batchMatMulConfig]);
