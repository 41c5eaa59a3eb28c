"""Random 8-bit models, and what LiteRT's reference kernels make of random inputs.

litert_models.py SEED COUNT IMAGES [MODEL...]: prints one JSON object a line, with the model's bytes in base64, inputs
and the outputs before any softmax, as signed bytes. The files of models are asked after the random ones.
litert_models.py fixtures FOLDER: writes the models that are checked in: one of each kind of layer, one that has layers
without counterpart, and in refused.jsonl models of which one thing each is not supported.
"""

import base64
import json
import sys

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter, OpResolverType

INT8, INT32 = schema.TensorType.INT8, schema.TensorType.INT32
ACTIVATIONS = [0, 1, 3]  # none, RELU, RELU6
# The versions of operators that take signed bytes.
VERSIONS = {"RESHAPE": 1, "CONV_2D": 3, "DEPTHWISE_CONV_2D": 3, "FULLY_CONNECTED": 4}


class Builder:
    def __init__(self, random):
        self.random = random
        self.tensors, self.operators, self.codes = [], [], []
        self.buffers = [schema.BufferT()]

    def scale(self, low, high):
        return float(np.float32(np.exp(self.random.uniform(np.log(low), np.log(high)))))

    def tensor(self, name, shape, kind, scales, zeros, data=None, dimension=0):
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.type = name, list(shape), kind
        tensor.quantization = schema.QuantizationParametersT()
        tensor.quantization.scale = scales
        tensor.quantization.zeroPoint = zeros
        tensor.quantization.quantizedDimension = dimension
        if data is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(data.tobytes(), np.uint8)
            tensor.buffer = len(self.buffers)
            self.buffers.append(buffer)
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def activation(self, name, shape, like=None):
        if like is not None:
            source = self.tensors[like].quantization
            return self.tensor(name, shape, INT8, source.scale, source.zeroPoint)
        zero = int(self.random.integers(-128, 128))
        return self.tensor(name, shape, INT8, [self.scale(0.01, 0.2)], [zero])

    def operation(self, code, inputs, output, options_type=0, options=None):
        if code not in self.codes:
            self.codes.append(code)
        operator = schema.OperatorT()
        operator.opcodeIndex = self.codes.index(code)
        operator.inputs, operator.outputs = inputs, [output]
        operator.builtinOptionsType, operator.builtinOptions = options_type, options
        self.operators.append(operator)
        return output

    def weights(self, name, shape, outputs, dimension, source, per_channel=True):
        values = self.random.integers(-127, 128, shape).astype(np.int8)
        scales = [self.scale(1e-3, 1e-2) for _ in range(outputs if per_channel else 1)]
        filter = self.tensor(name, shape, INT8, scales, [0] * len(scales), values, dimension)
        bias = self.tensor(
            name + "_bias", [outputs], INT32, [self.tensors[source].quantization.scale[0] * s for s in scales],
            [0] * len(scales), self.random.integers(-3000, 3000, outputs).astype(np.int32))
        return filter, bias

    def window(self, options, source, height, width):
        _, rows, columns, _ = self.tensors[source].shape
        options.padding = int(self.random.integers(0, 2)) if rows >= height and columns >= width else 0
        options.strideH, options.strideW = (int(n) for n in self.random.integers(1, 3, 2))

        def places(length, window, stride):
            return -(-length // stride) if options.padding == 0 else (length - window) // stride + 1

        return places(rows, height, options.strideH), places(columns, width, options.strideW)

    def convolution(self, source, outputs=None, same=False):
        channels = self.tensors[source].shape[3]
        outputs = outputs or int(self.random.integers(1, 6))
        height, width = (int(n) for n in self.random.integers(1, 4, 2))
        options = schema.Conv2DOptionsT()
        rows, columns = self.window(options, source, height, width)
        if same:
            options.padding, options.strideH, options.strideW = 0, 1, 1
            rows, columns = self.tensors[source].shape[1:3]
        options.fusedActivationFunction = int(self.random.choice(ACTIVATIONS))
        filter, bias = self.weights("filter", [outputs, height, width, channels], outputs, 0, source)
        output = self.activation("convolution", [1, rows, columns, outputs])
        return self.operation(
            schema.BuiltinOperator.CONV_2D, [source, filter, bias], output, schema.BuiltinOptions.Conv2DOptions, options)

    def depthwise(self, source):
        channels = self.tensors[source].shape[3]
        options = schema.DepthwiseConv2DOptionsT()
        options.depthMultiplier = int(self.random.integers(1, 3))
        height, width = (int(n) for n in self.random.integers(1, 4, 2))
        rows, columns = self.window(options, source, height, width)
        options.fusedActivationFunction = int(self.random.choice(ACTIVATIONS))
        outputs = channels * options.depthMultiplier
        filter, bias = self.weights("depthwise_filter", [1, height, width, outputs], outputs, 3, source)
        output = self.activation("depthwise", [1, rows, columns, outputs])
        return self.operation(
            schema.BuiltinOperator.DEPTHWISE_CONV_2D, [source, filter, bias], output,
            schema.BuiltinOptions.DepthwiseConv2DOptions, options)

    def residual(self, source):
        branch = self.convolution(source, self.tensors[source].shape[3], same=True)
        options = schema.AddOptionsT()
        options.fusedActivationFunction = int(self.random.choice(ACTIVATIONS))
        output = self.activation("sum", self.tensors[source].shape)
        return self.operation(
            schema.BuiltinOperator.ADD, [branch, source], output, schema.BuiltinOptions.AddOptions, options)

    def pool(self, source):
        code = self.random.choice([schema.BuiltinOperator.AVERAGE_POOL_2D, schema.BuiltinOperator.MAX_POOL_2D])
        options = schema.Pool2DOptionsT()
        options.filterHeight, options.filterWidth = (int(n) for n in self.random.integers(1, 4, 2))
        rows, columns = self.window(options, source, options.filterHeight, options.filterWidth)
        output = self.activation("pool", [1, rows, columns, self.tensors[source].shape[3]], like=source)
        return self.operation(int(code), [source], output, schema.BuiltinOptions.Pool2DOptions, options)

    def classifier(self, source):
        features = int(np.prod(self.tensors[source].shape))
        flat = self.operation(
            schema.BuiltinOperator.RESHAPE,
            [source, self.tensor("shape", [2], INT32, [], [], np.array([1, features], np.int32))],
            self.activation("flat", [1, features], like=source), schema.BuiltinOptions.ReshapeOptions,
            schema.ReshapeOptionsT())
        options = schema.FullyConnectedOptionsT()
        options.fusedActivationFunction = int(self.random.choice(ACTIVATIONS))
        filter, bias = self.weights(
            "classifier_filter", [10, features], 10, 0, flat, per_channel=bool(self.random.integers(0, 2)))
        return self.operation(
            schema.BuiltinOperator.FULLY_CONNECTED, [flat, filter, bias], self.activation("logits", [1, 10]),
            schema.BuiltinOptions.FullyConnectedOptions, options)

    def softmax(self, source):
        options = schema.SoftmaxOptionsT()
        options.beta = 1.0
        output = self.tensor("softmax", [1, 10], INT8, [1 / 256], [-128])
        return self.operation(
            schema.BuiltinOperator.SOFTMAX, [source], output, schema.BuiltinOptions.SoftmaxOptions, options)

    def finish(self, source, output):
        graph = schema.SubGraphT()
        graph.tensors, graph.operators = self.tensors, self.operators
        graph.inputs, graph.outputs = [source], [output]
        model = schema.ModelT()
        model.version, model.subgraphs, model.buffers = 3, [graph], self.buffers
        model.operatorCodes = []
        for code in self.codes:
            entry = schema.OperatorCodeT()
            name = next(name for name, value in vars(schema.BuiltinOperator).items() if value == code)
            entry.builtinCode, entry.deprecatedBuiltinCode, entry.version = code, code, VERSIONS.get(name, 2)
            model.operatorCodes.append(entry)
        buffer = flatbuffers.Builder(1024)
        buffer.Finish(model.Pack(buffer), b"TFL3")
        return bytes(buffer.Output())


def draw(random):
    builder = Builder(random)
    shape = [1, *(int(n) for n in random.integers(4, 10, 2)), int(random.integers(1, 4))]
    source = last = builder.activation("input", shape)
    for _ in range(int(random.integers(1, 5))):
        last = random.choice([builder.convolution, builder.depthwise, builder.residual, builder.pool])(last)
    logits = builder.classifier(last)
    end = builder.softmax(logits) if random.integers(0, 2) else logits
    return builder.finish(source, end), shape, logits


def read(path):
    with open(path, "rb") as file:
        model = file.read()
    content = schema.ModelT.InitFromObj(schema.Model.GetRootAs(bytearray(model), 0))
    graph = content.subgraphs[0]
    last = graph.operators[-1]
    is_softmax = content.operatorCodes[last.opcodeIndex].builtinCode == schema.BuiltinOperator.SOFTMAX
    return model, list(graph.tensors[graph.inputs[0]].shape), (last.inputs if is_softmax else last.outputs)[0]


def write_fixtures(folder):
    for name in ["small", "unsupported"]:
        builder = Builder(np.random.default_rng(7))
        source = last = builder.activation("input", [1, 6, 6, 2])
        for layer in [builder.convolution, builder.depthwise, builder.residual, builder.pool]:
            last = layer(last)
        if name == "unsupported":
            shape = builder.tensors[last].shape
            for code in [schema.BuiltinOperator.LOGISTIC, schema.BuiltinOperator.TANH]:
                last = builder.operation(code, [last], builder.activation(f"curve_{code}", shape))
        with open(f"{folder}/{name}.tflite", "wb") as file:
            file.write(builder.finish(source, builder.softmax(builder.classifier(last))))
    with open(f"{folder}/refused.jsonl", "w", encoding="ascii") as file:
        for name, model in refused().items():
            file.write(json.dumps({"fault": name, "model": base64.b64encode(model).decode()}) + "\n")


def refused():
    """Names of faults, and models that have them."""

    def model(change):
        builder = Builder(np.random.default_rng(3))
        source = builder.activation("input", [1, 6, 6, 2])
        last = builder.pool(builder.convolution(source, 4, same=True))
        logits = builder.classifier(last)
        end = change(builder, source, last, logits) or logits
        return builder.finish(source, end)

    def options(number, **values):
        def change(builder, *_):
            for name, value in values.items():
                setattr(builder.operators[number].builtinOptions, name, value)
        return change

    def operand(number, index, **values):
        def change(builder, *_):
            tensor = builder.tensors[builder.operators[number].inputs[index]]
            for name, value in values.items():
                setattr(tensor if hasattr(tensor, name) else tensor.quantization, name, value)
        return change

    def reshaped(builder, source, last, logits):
        shape = builder.activation("reshaped", [1, 3, 12, 2], like=source)
        builder.operators.insert(0, schema.OperatorT())
        first = builder.operators[0]
        if schema.BuiltinOperator.RESHAPE not in builder.codes:
            builder.codes.append(schema.BuiltinOperator.RESHAPE)
        first.opcodeIndex = builder.codes.index(schema.BuiltinOperator.RESHAPE)
        first.inputs, first.outputs = [source], [shape]
        builder.operators[1].inputs[0] = shape

    faults = {
        "dilation": options(0, dilationWFactor=2), "stride": options(0, strideH=0),
        "activation": options(0, fusedActivationFunction=2), "pool activation": options(1, fusedActivationFunction=1),
        "pool scale": operand(1, 0, scale=[0.5]), "weights": operand(0, 1, zeroPoint=[1, 0, 0, 0]),
        "bias": operand(0, 2, type=INT8), "scales": operand(0, 1, quantizedDimension=1),
        "channels": operand(0, 0, shape=[1, 6, 6, 3]), "reshape": reshaped,
        "a huge scale": operand(0, 0, scale=[1e25]), "floats": operand(0, 0, type=0),
        "output": lambda builder, source, last, logits: last,
        "shape": operand(1, 0, shape=[1, 5, 6, 4]),
    }
    return {name: model(change) for name, change in faults.items()}


def main():
    if sys.argv[1] == "fixtures":
        write_fixtures(sys.argv[2])
        return
    seed, count, images = (int(text) for text in sys.argv[1:4])
    random = np.random.default_rng(seed)
    for model, shape, logits in [draw(random) for _ in range(count)] + [read(path) for path in sys.argv[4:]]:
        interpreter = Interpreter(
            model_content=model, experimental_op_resolver_type=OpResolverType.BUILTIN_REF,
            experimental_preserve_all_tensors=True)
        interpreter.allocate_tensors()
        inputs, outputs = [], []
        for _ in range(images):
            values = random.integers(-128, 128, shape).astype(np.int8)
            interpreter.set_tensor(interpreter.get_input_details()[0]["index"], values)
            interpreter.invoke()
            inputs.append(values.ravel().tolist())
            outputs.append(interpreter.get_tensor(logits).ravel().tolist())
        print(json.dumps({"model": base64.b64encode(model).decode(), "inputs": inputs, "outputs": outputs}))


main()
