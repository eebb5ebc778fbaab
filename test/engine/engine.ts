import type { Engine } from '../../providers';
import { createEngine } from '../../providers/tokens/engine';

/** What the nodes and credentials under test share; a new one for each test. */
export let engine: Engine = createEngine();

let runtime: Parameters<typeof createEngine>[0];

beforeEach(() => {
	engine = createEngine(runtime);
});

/** Gives the engines of a test file this clock and these pauses. */
export function useRuntime(own: typeof runtime): void {
	runtime = own;
}
