// Heun steps of the stochastic Landau-Lifshitz-Gilbert equation of a macrospin in C: what the Swift kernel of
// Sources/Spintronics/MonteCarlo is measured against. Same equation, same Philox words, same noise, same lanes.
//
//     clang -O3 -march=native -ffp-contract=off -DREAL=float -DNOISE=3 yardstick.c -o yardstick -lm
//     ./yardstick SEED TRIALS STEPS STEP_SECONDS OVERDRIVE
//
// REAL float or double, NOISE 3 (three-point) or 0 (normal). Prints one JSON object: reversed, steps, processor seconds.
// The layer is the reference layer of Tests/SpintronicsTests. The trials start at one angle, not thermally.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifndef REAL
#define REAL float
#endif
#ifndef NOISE
#define NOISE 3
#endif
#define VECTORS 4
#define PER_BLOCK (NOISE == 3 ? 4 : 2)

typedef float floats __attribute__((vector_size(64)));
typedef int32_t ints __attribute__((vector_size(64)));
typedef uint32_t words __attribute__((vector_size(64)));
typedef uint64_t longs __attribute__((vector_size(64)));
typedef REAL reals __attribute__((vector_size(16 * sizeof(REAL))));

typedef struct { longs even, odd; } halves;
typedef struct { uint32_t key0, key1, stream, word1; halves product; } philox;
typedef struct { reals x, y, z; } vector3;

static const uint32_t M0 = 0xD2511F53, M2 = 0xCD9E8D57, W0 = 0x9E3779B9, W1 = 0xBB67AE85;

static inline longs low(longs a) { return a & 0xFFFFFFFFu; }
static inline halves times(halves a, uint64_t f) { return (halves){low(a.even) * f, low(a.odd) * f}; }
static inline halves high(halves a) { return (halves){a.even >> 32, a.odd >> 32}; }
static inline halves mix(halves a, halves b, uint64_t k) { return (halves){a.even ^ b.even ^ k, a.odd ^ b.odd ^ k}; }
static inline halves mix1(halves a, uint64_t k) { return (halves){a.even ^ k, a.odd ^ k}; }
static inline words join(halves a) { return (words)(low(a.even) | a.odd << 32); }

static philox make_philox(uint64_t seed, uint32_t stream, uint32_t first, uint32_t block1) {
    philox p = {(uint32_t)seed, (uint32_t)(seed >> 32), stream, 0, {{0}, {0}}};
    uint64_t product2 = (uint64_t)M2 * block1;
    p.word1 = (uint32_t)product2;
    halves trials;
    for (int i = 0; i < 8; i++) trials.even[i] = first + 2 * i, trials.odd[i] = first + 2 * i + 1;
    p.product = times(mix1(trials, (uint32_t)(product2 >> 32) ^ p.key0), M0);
    return p;
}

static inline __attribute__((always_inline)) void block(const philox *p, uint32_t n, words out[4]) {
    uint32_t k0 = p->key0, k1 = p->key1;
    uint64_t first = (uint64_t)M0 * n;
    uint32_t s2 = (uint32_t)(first >> 32) ^ p->stream ^ k1, s3 = (uint32_t)first;
    k0 += W0, k1 += W1;
    uint64_t second = (uint64_t)M2 * s2;
    uint32_t t0 = (uint32_t)(second >> 32) ^ p->word1 ^ k0, t1 = (uint32_t)second;
    halves t2 = mix1(high(p->product), s3 ^ k1);
    k0 += W0, k1 += W1;
    uint64_t third = (uint64_t)M0 * t0;
    halves c1 = times(t2, M2), c0 = mix1(high(c1), t1 ^ k0);
    halves c2 = mix1(p->product, (uint32_t)(third >> 32) ^ k1), c3 = {(longs){0} + (uint32_t)third, (longs){0} + (uint32_t)third};
    for (int round = 3; round < 10; round++) {
        k0 += W0, k1 += W1;
        halves p0 = times(c0, M0), p2 = times(c2, M2);
        c0 = mix(high(p2), c1, k0), c1 = p2;
        c2 = mix(high(p0), c3, k1), c3 = p0;
    }
    out[0] = join(c0), out[1] = join(c1), out[2] = join(c2), out[3] = join(c3);
}

#if NOISE == 3
static inline floats three_points(words field, float scale) {
    ints value = (ints)field, size = value ^ (value >> 31);
    uint32_t bits;
    float magnitude = 1.7303618f * scale;
    memcpy(&bits, &magnitude, 4);
    return (floats)((words)(size >= (341 << 22)) & (bits | (field & 0x80000000u)));
}
static inline __attribute__((always_inline)) void fill(floats *out, const words w[4], float scale) {
    for (int i = 0; i < 4; i++) {
        out[3 * i] = three_points(w[i], scale);
        out[3 * i + 1] = three_points(w[i] << 10, scale);
        out[3 * i + 2] = three_points(w[i] << 20, scale);
    }
}
#else
static inline floats logarithm(floats x) {
    words offset = (words)x - 0x3F3504F3u;
    floats f = (floats)((words)x - (offset & 0xFF800000u)) - 1.0f;
    floats k = __builtin_convertvector((ints)offset >> 23, floats);
    floats s = f * 0.0895991501f - 0.1448218706f;
    s = s * f + 0.1491737713f;
    s = s * f - 0.1654373778f;
    s = s * f + 0.1995841714f;
    s = s * f - 0.2500294611f;
    s = s * f + 0.3333416045f;
    s = s * f - 0.4999997774f;
    s = s * f + 0.9999999750f;
    return k * 0.693147180560f + s * f;
}
static inline void normal_pair(words radius, words j, float scale, floats *a, floats *b) {
    floats u = (floats)(radius | 0x3F800000u) - 1.0f + 0x1p-24f;
    floats length = __builtin_elementwise_sqrt(-2.0f * logarithm(u)) * scale;
    floats x = (floats)((j & 0x1FFFF) << 6 | 0x3F800000u) - (1.5f - 0x1p-18f), z = x * x;
    floats s = ((z * -0.004602176989f + 0.07968022806f) * z - 0.6459634786f) * z + 1.570796322f;
    floats c = ((z * -0.02040835251f + 0.2535986441f) * z - 1.233697014f) * z + 0.9999999724f;
    words sine = (words)(s * x), cosine = (words)c, odd = (words)((j & 0x20000) != 0);
    words change = (sine ^ cosine) & odd;
    *a = length * (floats)(cosine ^ change ^ (((j ^ j << 1) << 13) & 0x80000000u));
    *b = length * (floats)(sine ^ change ^ ((j << 13) & 0x80000000u));
}
static inline __attribute__((always_inline)) void fill(floats *out, const words w[4], float scale) {
    for (int k = 0; k < 3; k++) {
        words angle = (w[k] << 10 | ((w[3] >> (2 + 10 * k)) & 0x3FF)) & 0x7FFFF;
        normal_pair(w[k] >> 9, angle, scale, &out[2 * k], &out[2 * k + 1]);
    }
}
#endif

static inline vector3 cross(vector3 a, vector3 b) {
    return (vector3){a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
static inline vector3 plus(vector3 a, vector3 b) { return (vector3){a.x + b.x, a.y + b.y, a.z + b.z}; }
static inline vector3 minus(vector3 a, vector3 b) { return (vector3){a.x - b.x, a.y - b.y, a.z - b.z}; }
static inline vector3 scaled(vector3 a, reals f) { return (vector3){a.x * f, a.y * f, a.z * f}; }
static inline vector3 turn(vector3 m, vector3 a, vector3 b, REAL step, REAL damped) {
    a.z += m.z * step, b.z += m.z * damped;
    return cross(m, plus(a, cross(m, b)));
}

int main(int count, char **arguments) {
    if (count != 6) return fprintf(stderr, "usage: yardstick SEED TRIALS STEPS STEP_SECONDS OVERDRIVE\n"), 2;
    uint64_t seed = strtoull(arguments[1], 0, 10);
    long trials = atol(arguments[2]), steps = atol(arguments[3]), reversed = 0;
    double seconds = atof(arguments[4]), overdrive = atof(arguments[5]);
    double alpha = 0.02, delta = 50, volume = M_PI / 4 * 40e-9 * 40e-9 * 1.3e-9;
    double field = 2 * delta * 1.380649e-23 * 300 / (1.25663706212e-6 * 1.1e6 * volume);
    double precession = 2.2127618e5 * field / (1 + alpha * alpha);
    REAL step = precession * seconds, damped = step * alpha, damping = alpha;
    float scale = sqrt(alpha * precession * seconds / (delta * (1 + alpha * alpha)));
    reals zero = {0};
    vector3 a0 = {zero, zero, zero + (REAL)(overdrive * alpha * alpha * step)};
    vector3 b0 = {zero, zero, zero - (REAL)(overdrive * alpha * step)};

    struct timespec begin, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    for (long first = 0; first < trials; first += 16 * VECTORS) {
        philox keys[VECTORS];
        vector3 m[VECTORS];
        floats noise[VECTORS][3 * PER_BLOCK];
        for (int v = 0; v < VECTORS; v++) {
            keys[v] = make_philox(seed, 0, (uint32_t)first + 16 * v, 0);
            m[v] = (vector3){zero + (REAL)0.1, zero, zero + (REAL)0.99498743710662};
        }
        uint32_t number = 0;
        for (long taken = 0; taken < steps; taken += PER_BLOCK, number++) {
            for (int v = 0; v < VECTORS; v++) {
                words w[4];
                block(&keys[v], number, w);
                fill(noise[v], w, scale);
            }
            long here = steps - taken < PER_BLOCK ? steps - taken : PER_BLOCK;
            for (long i = 0; i < here; i++)
                for (int v = 0; v < VECTORS; v++) {
                    const floats *n = noise[v] + 3 * i;
                    vector3 thermal = {
                        __builtin_convertvector(n[0], reals), __builtin_convertvector(n[1], reals),
                        __builtin_convertvector(n[2], reals)};
                    vector3 a = plus(thermal, a0), b = plus(scaled(thermal, zero + damping), b0);
                    vector3 predicted = minus(m[v], turn(m[v], a, b, step, damped));
                    vector3 twice = minus(plus(m[v], predicted), turn(predicted, a, b, step, damped));
                    reals square = twice.x * twice.x + twice.y * twice.y + twice.z * twice.z;
                    m[v] = scaled(twice, (REAL)0.75 - square * (REAL)0.0625);
                }
        }
        for (int v = 0; v < VECTORS; v++)
            for (int lane = 0; lane < 16; lane++) reversed += m[v].z[lane] < 0;
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    double spent = end.tv_sec - begin.tv_sec + 1e-9 * (end.tv_nsec - begin.tv_nsec);
    printf("{\"reversed\": %ld, \"steps\": %ld, \"seconds\": %.6f}\n", reversed, trials * steps, spent);
}
