"""Switching probabilities of reference-stt by the Fokker-Planck equation in numpy and scipy: what hwgen is timed beside.

usage: fokker_planck.py OVERDRIVE SECONDS...      prints one JSON object with the processor time of the solution alone

Finite volumes of equal angle with exponentially fitted fluxes, backward Euler for four steps and Crank-Nicolson after,
banded solutions by LAPACK. 4,000 cells and steps of 0.002 relaxation times give five digits.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy.linalg import solve_banded

CELLS, STEP, STIFF_STEPS = 4000, 0.002, 4
STABILITY, RELAXATION_PER_SECOND = 50.0, 8.114088676e8


def bernoulli(z):
    small = np.abs(z) < 1e-8
    return np.where(small, 1 - z / 2, np.divide(z, np.expm1(z), out=np.ones_like(z), where=~small))


def generator(overdrive, edges, widths, centers):
    """The three diagonals of dp/dtau = A p for densities p, in the layout of solve_banded."""
    x, gaps = edges[1:-1], np.diff(centers)
    diffusion = (1 - x**2) / (2 * STABILITY) / gaps
    peclet = 2 * STABILITY * (x - overdrive) * gaps
    up, down = diffusion * bernoulli(-peclet), diffusion * bernoulli(peclet)
    bands = np.zeros((3, CELLS))
    bands[1, :-1] -= up / widths[:-1]
    bands[1, 1:] -= down / widths[1:]
    bands[0, 1:] = down / widths[:-1]
    bands[2, :-1] = up / widths[1:]
    return bands


def times(bands, density):
    result = bands[1] * density
    result[:-1] += bands[0, 1:] * density[1:]
    result[1:] += bands[2, :-1] * density[:-1]
    return result


def solve(overdrive, seconds):
    angles = np.linspace(-np.pi / 2, np.pi / 2, CELLS + 1)
    edges = np.sin(angles)
    widths, centers = np.diff(edges), (edges[1:] + edges[:-1]) / 2
    density = np.where(centers > 0, np.exp(STABILITY * (centers**2 - 1)), 0)
    density /= (density * widths).sum()
    bands = generator(overdrive, edges, widths, centers)
    identity = np.zeros((3, 1)) + np.array([[0], [1], [0]])
    now, taken, switched = 0.0, 0, []
    for wanted in seconds:
        duration = wanted * RELAXATION_PER_SECOND - now
        steps = max(1, int(np.ceil(duration / STEP)))
        h = duration / steps
        for _ in range(steps):
            if taken < STIFF_STEPS:
                density = solve_banded((1, 1), identity - h * bands, density)
            else:
                density = solve_banded((1, 1), identity - h / 2 * bands, density + h / 2 * times(bands, density))
            taken += 1
        now += duration
        switched.append(float((density * widths)[centers < 0].sum()))
    return switched


overdrive, seconds = float(sys.argv[1]), [float(text) for text in sys.argv[2:]]
start = time.process_time()
probabilities = solve(overdrive, seconds)
print(json.dumps({
    "tool": "numpy", "version": f"{np.__version__}, scipy {scipy.__version__}",
    "seconds": time.process_time() - start, "probabilities": probabilities,
}))
