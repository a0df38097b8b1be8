: Node of Ranvier of a mammalian motor axon (McIntyre, Richardson and Grill 2002), in Arbor's dialect.
: V in mV absolute, rates in 1/ms. Q10 2.2 (m, p; 20 C), 2.9 (h; 20 C), 3.0 (s; 36 C).

NEURON {
    SUFFIX axnode
    NONSPECIFIC_CURRENT i
    RANGE gna, gnap, gks, gl
}

PARAMETER {
    gna = 3.0 (S/cm2)
    gnap = 0.01 (S/cm2)
    gks = 0.08 (S/cm2)
    gl = 0.007 (S/cm2)
    celsius (degC)
}

ASSIGNED { q1 q2 q3 }

STATE { m h p s }

BREAKPOINT {
    SOLVE states METHOD cnexp
    i = (gna*m*m*m*h + gnap*p*p*p)*(v - 50) + (gks*s + gl)*(v + 90)
}

INITIAL {
    q1 = 2.2^((celsius - 20)*0.1)
    q2 = 2.9^((celsius - 20)*0.1)
    q3 = 3.0^((celsius - 36)*0.1)
    m = am(v)/(am(v) + bm(v))
    h = ah(v)/(ah(v) + bh(v))
    p = ap(v)/(ap(v) + bp(v))
    s = as(v)/(as(v) + bs(v))
}

DERIVATIVE states {
    m' = q1*(am(v) - m*(am(v) + bm(v)))
    h' = q2*(ah(v) - h*(ah(v) + bh(v)))
    p' = q1*(ap(v) - p*(ap(v) + bp(v)))
    s' = q3*(as(v) - s*(as(v) + bs(v)))
}

FUNCTION am(v) { am = 1.86*10.3*exprelr(-(v + 21.4)/10.3) }
FUNCTION bm(v) { bm = 0.086*9.16*exprelr((v + 25.7)/9.16) }
FUNCTION ah(v) { ah = 0.062*11*exprelr((v + 114)/11) }
FUNCTION bh(v) { bh = 2.3/(1 + exp(-(v + 31.8)/13.4)) }
FUNCTION ap(v) { ap = 0.01*10.2*exprelr(-(v + 27)/10.2) }
FUNCTION bp(v) { bp = 0.00025*10*exprelr((v + 34)/10) }
FUNCTION as(v) { as = 0.3/(1 + exp(-(v + 53)/5)) }
FUNCTION bs(v) { bs = 0.03/(1 + exp(-(v + 90))) }
