#!/usr/bin/env python3
"""Switching of a macrospin by cmtj, an independent simulator, as an oracle of the tests and a peer of the benchmark.

    scripts/python cmtj==1.15.0 -- scripts/macrospin/cmtj_macrospin.py < run.json

The run is a JSON object: damping, thermalStability, precessionPerSecond (all three as in MacrospinDynamics), biasField
(three numbers over Hk), segments (a list of {seconds, overdrive, dampingLike, fieldLike}), stepSeconds, trials, seed,
startsReversed. Prints {"reversed": [trials with mz < 0 at the end of each segment], "steps": ..., "seconds": processor
seconds of the simulation alone}.

Both torques go through cmtj's spin-orbit torques, since its reference vector may lie anywhere: +y for the strip, +z for
the current through the junction. Heun's method has to be asked for: cmtj otherwise takes an Euler scheme at a
temperature, whose own anti-damping is as large as the damping. Only PyPI's package is used; nothing is linked.
"""

import json
import math
import random
import resource
import sys

import cmtj

GYROMAGNETIC_RATIO = 220880.0  # cmtj's own, m/(A s)
BOLTZMANN = 1.380649e-23
TEMPERATURE = 300.0
SATURATION_TESLA = 1.4
THICKNESS = 1e-9


def start(delta, reversed_well):
    """A direction of the well's Boltzmann distribution: s = sin^2 of the tilt has the density exp(-delta s)/sqrt(1-s).

    Tilts beyond s = 0.91 are left out: exp(-0.91 delta) of all.
    """
    while True:
        s = random.expovariate(delta)
        if s < 0.91 and random.random() < 0.3 / math.sqrt(1 - s):
            break
    angle, z, r = 2 * math.pi * random.random(), math.sqrt(1 - s), math.sqrt(s)
    return cmtj.CVector(r * math.cos(angle), r * math.sin(angle), -z if reversed_well else z)


def main():
    run = json.load(sys.stdin)
    random.seed(run["seed"])
    alpha, delta = run["damping"], run["thermalStability"]
    field = run["precessionPerSecond"] * (1 + alpha**2) / GYROMAGNETIC_RATIO  # Hk that precesses as fast here
    # delta = mu0 Ms V Hk / (2 kB T), solved for the area.
    area = 2 * delta * BOLTZMANN * TEMPERATURE / (SATURATION_TESLA * field * THICKNESS)
    zero = [cmtj.CVector(0, 0, 0)] * 3
    constant = cmtj.ScalarDriver.getConstantDriver
    reversed_count = [0] * len(run["segments"])
    steps = 0
    spent = 0.0
    for trial in range(run["trials"]):
        layer = cmtj.Layer(
            "free", start(delta, run["startsReversed"]), cmtj.CVector(0, 0, 1), SATURATION_TESLA, THICKNESS, area,
            zero, alpha)
        layer.setReferenceLayer(cmtj.CVector(0, 1, 0))
        layer.setSecondaryReferenceLayer(cmtj.CVector(0, 0, 1))
        junction = cmtj.Junction([layer])
        junction.setLayerAnisotropyDriver("free", constant(field * SATURATION_TESLA / 2))
        junction.setLayerTemperatureDriver("free", constant(TEMPERATURE))
        junction.setLayerExternalFieldDriver(
            "free", cmtj.AxialDriver(*[constant(component * field) for component in run["biasField"]]))
        junction.setLayerSeed("free", random.getrandbits(31))
        for index, segment in enumerate(run["segments"]):
            count = max(1, round(segment["seconds"] / run["stepSeconds"]))
            step = segment["seconds"] / count
            junction.setLayerPrimaryTorqueDrivers(
                "free", constant(segment["fieldLike"] * field), constant(segment["dampingLike"] * field))
            junction.setLayerSecondaryTorqueDrivers(
                "free", constant(0.0), constant(-segment["overdrive"] * alpha * field))
            before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
            # Half a step more, so that rounding does not cost one.
            junction.runSimulation(
                (count + 0.5) * step, step, (count + 1) * step, False, False, cmtj.SolverMode.Heun)
            spent += resource.getrusage(resource.RUSAGE_SELF).ru_utime - before
            steps += count
            reversed_count[index] += junction.getLayerMagnetisation("free").z < 0
    print(json.dumps({"reversed": reversed_count, "steps": steps, "seconds": spent}))


main()
