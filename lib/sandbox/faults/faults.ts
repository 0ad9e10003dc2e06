import { BROKEN_STREAMS } from './broken-streams';
import type { Fault } from './fault';
import { ODD_ANSWERS } from './odd-answers';
import { REFUSALS } from './refusals';

/** Every fault that the sandbox can inject. */
export const FAULTS: readonly Fault[] = [...REFUSALS, ...ODD_ANSWERS, ...BROKEN_STREAMS];
