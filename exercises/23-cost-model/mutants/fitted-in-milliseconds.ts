import { fitCost as original, type CostModel, type FitCostInput } from '../../../solutions/23-cost-model/cost-model.ts';

export * from '../../../solutions/23-cost-model/cost-model.ts';

export async function fitCost(input: FitCostInput): Promise<CostModel> {
  const { perKernel, perMegaflop } = await original(input);
  return { perKernel: perKernel / 1000, perMegaflop: perMegaflop / 1000 };
}
