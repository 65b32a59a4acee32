import * as solution from '../../../solutions/19-tiled-attention/tiled-attention.ts';

export * from '../../../solutions/19-tiled-attention/tiled-attention.ts';

const history: unknown[] = [];

/** Right, and writes the keys of every tile into a list that lives as long as the module: no tensor is left behind, and memory grows all the same. */
export function attendTile(input: solution.AttendTileInput): solution.AttentionState {
  history.push(input.k.dataSync());
  return solution.attendTile(input);
}
