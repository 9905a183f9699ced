import { softmaxInPlace } from "./softmax-regression";

const lossAt = (scores: readonly Float32Array[], targets: Int32Array, temperature: number): number => {
  let loss = 0;
  for (const [row, each] of scores.entries())
    loss += softmaxInPlace(
      each.map((score) => score / temperature),
      targets[row] ?? 0,
    );
  return loss;
};

/**
 * The temperature under which held-out labels are likeliest: Guo et al., "On Calibration of Modern Neural Networks", ICML 2017
 * (https://arxiv.org/abs/1706.04599). Golden-section search over its logarithm between 1/4 and 4; one number, so it changes no decision.
 */
export const fitTemperature = (scores: readonly Float32Array[], targets: Int32Array): number => {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = -Math.log(4);
  let high = Math.log(4);
  let [left, right] = [high - ratio * (high - low), low + ratio * (high - low)];
  let [leftLoss, rightLoss] = [lossAt(scores, targets, Math.exp(left)), lossAt(scores, targets, Math.exp(right))];
  for (let step = 0; step < 12; step += 1) {
    if (leftLoss < rightLoss) {
      [high, right, rightLoss] = [right, left, leftLoss];
      left = high - ratio * (high - low);
      leftLoss = lossAt(scores, targets, Math.exp(left));
    } else {
      [low, left, leftLoss] = [left, right, rightLoss];
      right = low + ratio * (high - low);
      rightLoss = lossAt(scores, targets, Math.exp(right));
    }
  }
  return Math.exp((low + high) / 2);
};
