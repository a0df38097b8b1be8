"""Fibres side by side: a numba type that holds one number of each of several fibres in one SIMD register.

The kernel is written for one fibre. Compiled for the processor, every number in it becomes a row of
`Lanes`, so that one instruction advances all fibres of a block. Arrays hold one row per number and one
column per fibre. The words are those of `single.py`.
"""

import operator
from typing import Any

from llvmlite import ir
from numba import njit, types
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, models, register_model

WIDTH = {"float32": 16, "float64": 8}
"""Fibres in a block: one 512-bit register. Narrower processors use several."""

FLAGS = ("contract", "nsz", "arcp", "reassoc")
"""Freedom to fuse and reorder arithmetic; not-a-number stays what it is, so that divergence is seen."""


class Lanes(types.Type):
    """One number of each fibre of a block."""

    def __init__(self, dtype: types.Float):
        self.dtype = dtype
        self.count = WIDTH[dtype.name]
        super().__init__(name=f"Lanes({dtype}x{self.count})")


@register_model(Lanes)
class LanesModel(models.PrimitiveModel):
    """Lanes as a vector of LLVM."""

    def __init__(self, dmm: Any, fe_type: Lanes):
        one = ir.FloatType() if fe_type.dtype is types.float32 else ir.DoubleType()
        super().__init__(dmm, fe_type, ir.VectorType(one, fe_type.count))


def spread(context: Any, builder: Any, value: Any, given: types.Type, lanes: Lanes) -> Any:
    """The value itself if it is Lanes, else the number in every lane."""
    if isinstance(given, Lanes):
        return value
    vector = context.get_value_type(lanes)
    number = context.cast(builder, value, given, lanes.dtype)
    first = builder.insert_element(ir.Constant(vector, ir.Undefined), number, ir.IntType(32)(0))
    order = ir.Constant(ir.VectorType(ir.IntType(32), lanes.count), [0] * lanes.count)
    return builder.shuffle_vector(first, ir.Constant(vector, ir.Undefined), order)


def arithmetic(operation: Any, instruction: str) -> None:
    """Teach numba one operator between Lanes and Lanes or numbers."""

    class Typing(AbstractTemplate):
        def generic(self, args: Any, kws: Any) -> Any:
            lanes = next((each for each in args if isinstance(each, Lanes)), None)
            plain = (types.Float, types.Integer)
            if lanes and len(args) == 2 and all(each == lanes or isinstance(each, plain) for each in args):
                return signature(lanes, *args)
            return None

    def lower(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        left, right = (
            spread(context, builder, *each, sig.return_type) for each in zip(args, sig.args, strict=True)
        )
        return getattr(builder, instruction)(left, right, flags=FLAGS)

    infer_global(operation)(Typing)  # pyright: ignore[reportOptionalCall]
    for left in (Lanes, types.Float, types.Integer):
        for right in (Lanes, types.Float, types.Integer):
            if Lanes in (left, right):
                lower_builtin(operation, left, right)(lower)


arithmetic(operator.add, "fadd")
arithmetic(operator.sub, "fsub")
arithmetic(operator.mul, "fmul")
arithmetic(operator.truediv, "fdiv")


def address(context: Any, builder: Any, array_type: Any, array: Any, row: Any, row_type: Any) -> Any:
    """Where a row of an array begins."""
    lanes = Lanes(array_type.dtype)
    start = builder.mul(context.cast(builder, row, row_type, types.intp), ir.IntType(64)(lanes.count))
    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [start]), context.get_value_type(lanes).as_pointer())


@intrinsic
def load(typing: Any, array: Any, row: Any) -> Any:
    """The numbers of one row, one for each fibre."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        where = address(context, builder, sig.args[0], args[0], args[1], sig.args[1])
        return builder.load(where, align=array.dtype.bitwidth // 8)

    return Lanes(array.dtype)(array, row), generate


@intrinsic
def store(typing: Any, array: Any, row: Any, value: Any) -> Any:
    """Put the numbers of one row."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        where = address(context, builder, sig.args[0], args[0], args[1], sig.args[1])
        numbers = spread(context, builder, args[2], sig.args[2], Lanes(array.dtype))
        builder.store(numbers, where, align=array.dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(array, row, value), generate


@intrinsic
def clamp(typing: Any, value: Any, least: Any, most: Any) -> Any:
    """The value, held between two limits."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        each, low, high = (
            spread(context, builder, *pair, sig.return_type) for pair in zip(args, sig.args, strict=True)
        )
        each = builder.select(builder.fcmp_unordered("<", each, low), low, each)
        return builder.select(builder.fcmp_ordered(">", each, high), high, each)

    return value(value, least, most), generate


def bits(builder: Any, truths: Any, count: int) -> Any:
    """A set of bits from one truth per lane."""
    return builder.zext(builder.bitcast(truths, ir.IntType(count)), ir.IntType(64))


@intrinsic
def upward(typing: Any, before: Any, after: Any) -> Any:
    """Which fibres rose through 0 mV between two moments, as a set of bits."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lanes = sig.args[0]
        zero = ir.Constant(context.get_value_type(lanes), [0.0] * lanes.count)
        was_below = builder.fcmp_ordered("<", args[0], zero)
        return bits(builder, builder.and_(was_below, builder.fcmp_ordered(">=", args[1], zero)), lanes.count)

    return types.int64(before, after), generate


@intrinsic
def beyond(typing: Any, value: Any, other: Any, limit: Any) -> Any:
    """Which fibres differ by more than a limit, as a set of bits; one that is not a number does."""

    def generate(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        lanes = sig.args[0]
        one, two, most = (spread(context, builder, *pair, lanes) for pair in zip(args, sig.args, strict=True))
        above = builder.fcmp_unordered(">", builder.fsub(one, two), most)
        below = builder.fcmp_unordered(">", builder.fsub(two, one), most)
        return bits(builder, builder.or_(above, below), lanes.count)

    return types.int64(value, other, limit), generate


@njit
def lane_of(bit: int) -> int:
    """The column of an array that belongs to a bit."""
    return bit
