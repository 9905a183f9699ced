/** What a kappa is called (Landis and Koch, "The Measurement of Observer Agreement for Categorical Data", Biometrics 33, 1977). */
export const kappaWord = (kappa: number) =>
  kappa < 0
    ? "poor"
    : kappa <= 0.2
      ? "slight"
      : kappa <= 0.4
        ? "fair"
        : kappa <= 0.6
          ? "moderate"
          : kappa <= 0.8
            ? "substantial"
            : "perfect";
