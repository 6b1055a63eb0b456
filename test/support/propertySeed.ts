/**
 * Mocha loads this before all tests (.mocharc.json): property tests draw the same values in every
 * run, so that a failure is the change's own, and `DELEGATE_FUZZ_SEED` looks elsewhere.
 */
import fc from 'fast-check';
import { fuzzSeed } from './mutate';

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: fuzzSeed });
